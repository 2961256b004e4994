#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the data of the bench: data.py FOLDER N... writes FOLDER/logo.png and FOLDER/data-N.xml.

The same numbers on every machine; nobody in it is real."""
import datetime
import os
import struct
import sys
import zlib

FIRST = ('Anna Łukasz Zofia Grażyna Świętosław Małgorzata Józef Żaneta Paweł Katarzyna Michał '
         'Agnieszka Tomasz Elżbieta Rafał Bożena Stanisław Wiktoria Ądrzej Celina').split()
LAST = ('Kowalczyk Wiśniewska Źrebiec Dąbrowska-Żółć Ślęzak Wójcik Krawczyńska Nowak Gołąb '
        'Jędrzejczak Łącka Pawłowska Śmigły-Rydzyk Zając Ćwikła Rożek Wróbel Święcicka Mączka '
        'Quirini').split()
TOWN = ['Wrocław', 'Łódź', 'Świdnica', 'Bielsko-Biała', 'Środa Śląska', 'Oława',
        'Kędzierzyn-Koźle', 'Jelenia Góra']
MARK = ['bardzo dobry', 'dobry', 'celujący', 'dostateczny plus']
MODULE = [('Bezpieczeństwo i higiena pracy w biurze', 4, 'wykład'),
          ('Obsługa arkusza kalkulacyjnego – podstawy', 8, 'ćwiczenia'),
          ('Formuły, funkcje i adresowanie', 8, 'ćwiczenia'),
          ('Wykresy oraz tabele przestawne', 6, 'ćwiczenia'),
          ('Edytor tekstu: style i szablony', 6, 'ćwiczenia'),
          ('Korespondencja seryjna', 4, 'warsztat'),
          ('Dokumenty dostępne cyfrowo (WCAG)', 6, 'wykład'),
          ('Ochrona danych osobowych (RODO)', 4, 'wykład'),
          ('Podpis elektroniczny i ePUAP', 4, 'warsztat'),
          ('Praca w chmurze i współdzielenie plików', 6, 'ćwiczenia'),
          ('Egzamin końcowy – część praktyczna', 4, 'egzamin')]
COURSE = ('<kurs tytul="Komputer w biurze i dokumenty dostępne cyfrowo" godziny="60" '
          'od="2.03.2026" do="17.04.2026" miejsce="Wrocław" '
          'firma="Ośrodek Szkoleniowy „Świetlik” Sp. z o.o." umowa="FEDS.07.01-IP.02-0123/24">')


def numbers(seed):
    """A generator of our own (xorshift), so that every Python gives the same."""
    x = seed * 2654435761 & 0xffffffff or 1
    while True:
        x ^= x << 13 & 0xffffffff
        x ^= x >> 17
        x ^= x << 5 & 0xffffffff
        yield x


def pesel(born, k):
    month = born.month + (20 if born.year >= 2000 else 0)
    digits = '%02d%02d%02d%04d' % (born.year % 100, month, born.day, k % 10000)
    weight = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)
    return digits + str(-sum(int(d) * w for d, w in zip(digits, weight)) % 10)


def participant(i):
    g = numbers(i)
    r = [next(g) for _ in range(12)][4:]
    born = datetime.date(1955, 1, 1) + datetime.timedelta(days=r[0] % 18000)
    return (' <uczestnik nr="%05d/2026" imie="%s" nazwisko="%s" pesel="%s" ur="%d.%02d.%d" '
            'mur="%s" ocena="%s"/>\n' % (
                i, FIRST[r[1] % len(FIRST)], LAST[r[2] % len(LAST)], pesel(born, r[3]), born.day,
                born.month, born.year, TOWN[r[4] % len(TOWN)], MARK[r[5] % len(MARK)]))


def write_data(path, n):
    with open(path, 'w', encoding='utf-8') as f:
        f.write('<?xml version="1.0" encoding="UTF-8"?>\n<projekt>\n %s\n' % COURSE)
        for i, (name, hours, form) in enumerate(MODULE, 1):
            f.write('  <modul lp="%d" nazwa="%s" godz="%d" forma="%s"/>\n' % (i, name, hours, form))
        f.write(' </kurs>\n')
        f.writelines(participant(i) for i in range(1, n + 1))
        f.write('</projekt>\n')


def pixel(x, y):
    inside = (x - 30) ** 2 + (y - 30) ** 2 < 24 ** 2
    if inside:
        return (255, 255, 255) if (x + y) % 16 < 4 else (0x1d, 0x4e, 0x89)
    bar = x > 65 and y // 10 % 2 == 1 and x < 190 - y
    return (0xd9, 0x7b, 0x0d) if bar else (255, 255, 255)


def chunk(kind, data):
    body = kind + data
    return struct.pack('>I', len(data)) + body + struct.pack('>I', zlib.crc32(body))


def logo(width=200, height=60):
    rows = b''.join(b'\0' + b''.join(bytes(pixel(x, y)) for x in range(width))
                    for y in range(height))
    head = struct.pack('>IIBBBBB', width, height, 8, 2, 0, 0, 0)
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', head) + chunk(b'IDAT', zlib.compress(rows, 9)) +
            chunk(b'IEND', b''))


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, 'logo.png'), 'wb') as f:
        f.write(logo())
    for n in sys.argv[2:]:
        write_data(os.path.join(folder, 'data-%s.xml' % n), int(n))


if __name__ == '__main__':
    main()
