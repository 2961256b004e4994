# SPDX-License-Identifier: MIT
# skryba: make, make samples, make check; CONTRIBUTING.md tells of the others.

CC       ?= gcc
CFLAGS   ?= -O2 -g
PREFIX   ?= /usr/local
DATADIR   = $(PREFIX)/share/skryba
B        := build
ifdef SANITIZE
B        := build-asan
CFLAGS   += -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
endif

# What builds and runs the program, and what its tests need, on Debian 12.
PACKAGES := gcc libc6-dev make pkg-config libxml2-dev libhpdf-dev libharfbuzz-dev libicu-dev \
            libhyphen-dev hyphen-pl libfontconfig-dev libzip-dev libdeflate-dev zlib1g-dev \
            libpng-dev libqrencode-dev libgdk-pixbuf-2.0-dev librsvg2-common fonts-lato \
            fonts-liberation2 fonts-crosextra-carlito fonts-crosextra-caladea fonts-dejavu-core \
            fonts-dejavu-extra fonts-opensymbol fonts-open-sans fonts-linuxlibertine python3 \
            python3-pil
PACKAGES_CHECK := libcmocka-dev qpdf poppler-utils libxml2-utils unzip mandoc
LIBS     := libxml-2.0 harfbuzz harfbuzz-subset icu-i18n icu-uc fontconfig libzip libdeflate zlib \
            libpng libqrencode gdk-pixbuf-2.0

STANDARD := -std=c11 -D_POSIX_C_SOURCE=200809L -D_XOPEN_SOURCE=700
WARNINGS := -Wall -Wextra -Wconversion -Wno-sign-conversion -Wstrict-prototypes -Wmissing-prototypes
FLAGS     = $(STANDARD) $(WARNINGS) -fvisibility=hidden -Isrc -I$(B) \
            -DSKRYBA_DATADIR='"$(DATADIR)"' $(shell pkg-config --cflags $(LIBS) 2>/dev/null)
LINK      = $(shell pkg-config --libs $(LIBS) 2>/dev/null) -lhpdf -lhyphen -lm

STAGES   := base xml expr project odf template text layout pdf batch office cmd
SOURCES  := $(wildcard $(STAGES:%=src/%/*.c))
OBJECTS  := $(SOURCES:src/%.c=$(B)/%.o)
UNITS    := $(patsubst tests/unit/%.c,$(B)/unit/%,$(wildcard tests/unit/test_*.c))
ifdef SANITIZE
PROGRAM  := $(B)/skryba
else
PROGRAM  := skryba
endif

.PHONY: all deps deps-check samples check unit regress regress-update story rules style man \
        conformance roundtrip fidelity bench endurance install asan tidy clean
.DELETE_ON_ERROR:

all: $(PROGRAM)

# Says which packages are missing before the compiler says it less clearly.
$(B)/packages:
	@INSTALL=no sh tests/tools/deps.sh $(PACKAGES)
	@mkdir -p $(B) && touch $@

$(PROGRAM): $(B)/main.o $(B)/libskryba.a
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LINK)

# All stages, for the program and the unit tests.
$(B)/libskryba.a: $(OBJECTS)
	@rm -f $@
	$(AR) rcsD $@ $^

$(B)/%.o: src/%.c | $(B)/packages
	@mkdir -p $(@D)
	$(CC) $(FLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(B)/project/embed.o: schema/project.xsd $(wildcard schema/project.sch)

-include $(OBJECTS:.o=.d) $(B)/main.d $(UNITS:=.d)

deps:
	@sh tests/tools/deps.sh $(PACKAGES)

deps-check:
	@sh tests/tools/deps.sh $(PACKAGES) $(PACKAGES_CHECK)

samples: deps
	@$(MAKE) --no-print-directory all
	@sh samples/render.sh ./skryba out

check: deps-check
	@$(MAKE) --no-print-directory all unit regress style

$(B)/unit/%: tests/unit/%.c $(B)/libskryba.a $(wildcard tests/unit/*.h)
	@mkdir -p $(@D)
	$(CC) $(FLAGS) -Itests/unit $(CFLAGS) -MMD -MP -o $@ $< $(B)/libskryba.a $(LINK) -lcmocka

unit: $(UNITS)
	@sh tests/tools/units.sh $(UNITS)

# The invented photos of one sample; Debian's own Python has python3-pil.
PHOTOS := samples/sierpc-2017/photos/1.jpg
$(PHOTOS): samples/draw-photos.py samples/sierpc-2017/project.xml
	@/usr/bin/python3 $^

regress: $(PROGRAM) $(PHOTOS) $(B)/pdf-check
	@PDF_CHECK=$(CURDIR)/$(B)/pdf-check sh tests/regress/run.sh ./$(PROGRAM)

# An office's year for each sample's town, and kill -9 at every moment of it.
story: $(PROGRAM)
	@sh tests/story/run.sh ./$(PROGRAM)

# Each check of the rules taken out: a case must fail.  Single changes to the samples: a finding
# must tell of each, and an error of schema or references bring no other.
rules: $(PROGRAM)
	@python3 tests/regress/rules/run.py --without ./$(PROGRAM) schema/project.sch
	@python3 tests/mutation/mutate.py ./$(PROGRAM) 3000
	@python3 tests/mutation/cascade.py ./$(PROGRAM) 3000

style:
	@sh tests/tools/style.sh

conformance: samples
	@sh tests/conformance/run.sh ./$(PROGRAM) out

# What LibreOffice makes of templates and documents, and what the validators say of those.
roundtrip: all $(PHOTOS)
	@python3 tests/conformance/roundtrip.py ./$(PROGRAM) $(B)/roundtrip
	@sh tests/conformance/run.sh ./$(PROGRAM) $(B)/roundtrip

fidelity: all
	@sh tests/fidelity/run.sh ./$(PROGRAM)

# A minute of runs that are killed, stopped, cut into parts and gone on with.
endurance: $(PROGRAM)
	@nice python3 tests/endurance/run.py ./$(PROGRAM) $(B)/endurance

# Says of a PDF of any size whether what it says of itself is true.
$(B)/pdf-check: tests/tools/pdf-check.c
	@mkdir -p $(@D)
	$(CC) $(STANDARD) $(WARNINGS) $(CFLAGS) -o $@ $< -lz

bench: all $(B)/pdf-check
	@sh tests/bench/run.sh ./$(PROGRAM)

regress-update: $(PROGRAM)
	@sh tests/regress/run.sh ./$(PROGRAM) --update

# The lists of diagnostics and functions in the manuals, from their tables.
man:
	@python3 tests/tools/manual.py

asan:
	@$(MAKE) --no-print-directory SANITIZE=1 all unit regress

tidy:
	clang-tidy --quiet $(SOURCES) -- $(FLAGS)
	cppcheck --quiet --std=c11 --enable=warning,performance,portability --inline-suppr \
	    --suppress=missingIncludeSystem -Isrc src

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(DATADIR)/templates $(DESTDIR)$(DATADIR)/fonts \
	    $(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/man/man5 \
	    $(DESTDIR)$(PREFIX)/share/man/man7
	install -m 755 skryba $(DESTDIR)$(PREFIX)/bin/
	cp -r templates/. $(DESTDIR)$(DATADIR)/templates/
	install -m 644 fonts/* $(DESTDIR)$(DATADIR)/fonts/
	for m in man/*.[157]; do install -m 644 $$m $(DESTDIR)$(PREFIX)/share/man/man$${m##*.}/; done

clean:
	rm -rf build build-asan out skryba
