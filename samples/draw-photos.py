#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Draw the photos of a sample: small pictures of flat shapes, without real people.

    draw-photos.py PROJECT.xml...       the files that gallery/photo names, beside PROJECT.xml
    draw-photos.py FOLDER < names       the files named on standard input, one a line

Needs Pillow (Debian: python3-pil). The same names give the same bytes on the same Pillow.
What each picture shows is said by the attribute alt of its photo in sierpc-2017/project.xml:
change both together.
"""
import os
import sys
import xml.etree.ElementTree as ET

try:
    from PIL import Image, ImageDraw, ImageFont
except ImportError:
    sys.exit("draw-photos.py: Pillow is missing: install python3-pil and run /usr/bin/python3")

SCALE = 2  # drawn twice as large, then reduced: smooth edges
W, H = 640, 480

WALL, FLOOR, SKY, GRASS = "#f3ead8", "#d9b98c", "#cfe6f5", "#a9cf8f"
WOOD, DARK, WHITE, GREY = "#b07a45", "#3b4654", "#ffffff", "#c9ced6"
RED, BLUE, GREEN, YELLOW, VIOLET, ORANGE = (
    "#c8553d", "#3f72af", "#5b8c5a", "#eebc4c", "#8d6a9f", "#e08e45")
COLOURS = [BLUE, RED, GREEN, VIOLET, ORANGE, YELLOW, DARK]
SKIN = ["#f0c9a4", "#d9a377", "#f6d7bd", "#c98f62"]
HAIR = ["#4a3426", "#8a5a2b", "#2d2a2e", "#b98b4f"]


class Canvas:
    """A picture in units of 640 by 480."""

    def __init__(self, background):
        self.image = Image.new("RGB", (W * SCALE, H * SCALE), background)
        self.draw = ImageDraw.Draw(self.image)

    def _scaled(self, points):
        return [round(p * SCALE) for p in points]

    def box(self, x, y, w, h, fill, radius=0):
        self.draw.rounded_rectangle(
            self._scaled((x, y, x + w, y + h)), radius * SCALE, fill=fill)

    def disc(self, x, y, rx, fill, ry=None):
        ry = ry or rx
        self.draw.ellipse(self._scaled((x - rx, y - ry, x + rx, y + ry)), fill=fill)

    def shape(self, points, fill):
        self.draw.polygon([tuple(self._scaled(p)) for p in points], fill=fill)

    def line(self, points, fill, width):
        flat = [tuple(self._scaled(p)) for p in points]
        self.draw.line(flat, fill=fill, width=width * SCALE, joint="curve")

    def text(self, x, y, string, fill, size):
        font = ImageFont.load_default()
        left, top, right, bottom = font.getbbox(string)
        mask = Image.new("L", (right, bottom + 2), 0)
        ImageDraw.Draw(mask).text((0, 0), string, fill=255, font=font)
        mask = mask.resize((mask.width * size * SCALE, mask.height * size * SCALE), Image.LANCZOS)
        self.image.paste(fill, (round(x * SCALE), round(y * SCALE)), mask)

    def save(self, path):
        small = self.image.resize((W, H), Image.LANCZOS)
        small.save(path, "JPEG", quality=76, optimize=True)


# ---- things -------------------------------------------------------------------------------------

def room(wall=WALL, floor=FLOOR):
    c = Canvas(wall)
    c.box(0, 350, W, H - 350, floor)
    return c


def outdoors():
    c = Canvas(SKY)
    c.box(0, 330, W, H - 330, GRASS)
    return c


def person(c, x, y, n, size=1.0, legs=True):
    """Standing at floor height y; without legs: seated behind something."""
    s = size
    top = y - 200 * s if legs else y - 110 * s
    if legs:
        c.box(x - 20 * s, top + 105 * s, 16 * s, 95 * s, DARK, 5)
        c.box(x + 4 * s, top + 105 * s, 16 * s, 95 * s, DARK, 5)
    body = COLOURS[n % len(COLOURS)]
    c.box(x - 30 * s, top + 48 * s, 60 * s, 75 * s, body, 18 * s)
    c.disc(x, top + 17 * s, 25 * s, HAIR[n % 4])
    c.disc(x, top + 24 * s, 21 * s, SKIN[(n * 3 + 1) % 4])


def table(c, x, y, w, h=18, leg=90, fill=WOOD):
    c.box(x, y, w, h, fill, 4)
    c.box(x + 14, y + h, 14, leg, fill)
    c.box(x + w - 28, y + h, 14, leg, fill)


def chair(c, x, y, fill):
    c.box(x - 26, y - 95, 52, 50, fill, 8)
    c.box(x - 28, y - 45, 56, 12, DARK, 3)
    c.box(x - 26, y - 33, 8, 40, DARK)
    c.box(x + 18, y - 33, 8, 40, DARK)


def board(c, x, y, w, h, fill=WHITE):
    c.box(x - 8, y - 8, w + 16, h + 16, GREY, 6)
    c.box(x, y, w, h, fill, 3)


def window(c, x, y, w, h):
    c.box(x - 8, y - 8, w + 16, h + 16, WHITE, 4)
    c.box(x, y, w, h, "#bfe0f2")
    c.box(x + w / 2 - 4, y, 8, h, WHITE)
    c.box(x, y + h / 2 - 4, w, 8, WHITE)


def tree(c, x, y, size=1.0, crown=GREEN):
    c.box(x - 11 * size, y - 110 * size, 22 * size, 110 * size, WOOD)
    c.disc(x, y - 165 * size, 68 * size, crown)
    c.disc(x - 42 * size, y - 125 * size, 46 * size, crown)
    c.disc(x + 42 * size, y - 125 * size, 46 * size, crown)


def monitor(c, x, y):
    c.box(x, y, 110, 72, DARK, 6)
    c.box(x + 8, y + 8, 94, 56, "#9cc7e8", 3)
    c.box(x + 48, y + 72, 14, 16, DARK)


def bricks(c, x, y, n):
    for i in range(n):
        c.box(x + (i % 3) * 26 - 10 * (i // 3 % 2), y - 24 * (i // 3) - 22, 24, 22,
            COLOURS[i % 6], 3)


def easel(c, x, y):
    c.line([(x, y - 250), (x - 60, y)], WOOD, 9)
    c.line([(x, y - 250), (x + 60, y)], WOOD, 9)
    c.box(x - 75, y - 225, 150, 130, WHITE, 3)
    c.disc(x, y - 160, 42, BLUE)


# ---- scenes, by the name of the file without its ending -----------------------------------------

def long_table():
    c = room()
    board(c, 170, 60, 300, 130)
    for i, x in enumerate((180, 320, 460)):
        person(c, x, 330, i, 1.1, legs=False)
    table(c, 90, 320, 460)
    return c


def two_at_round_table():
    c = room("#e9eef2")
    window(c, 250, 60, 140, 140)
    person(c, 190, 360, 0, 1.25, legs=False)
    person(c, 450, 360, 4, 1.25, legs=False)
    c.disc(320, 360, 120, WOOD, 26)
    c.box(311, 375, 18, 75, WOOD)
    return c


def trainer_at_chart():
    c = room()
    board(c, 60, 50, 250, 160)
    for i, h in enumerate((40, 75, 55, 115, 95)):
        c.box(85 + i * 44, 195 - h, 28, h, COLOURS[i])
    person(c, 370, 330, 3, 1.15)
    for i, x in enumerate((110, 250, 400, 540)):
        person(c, x, 470, i + 4, 1.05, legs=False)
    return c


def circle_of_chairs():
    c = room("#eef3ea", "#cfae82")
    c.disc(320, 385, 250, "#e3caa4", 75)
    for i, (x, y) in enumerate(((150, 345), (320, 320), (490, 345), (130, 445), (320, 465), (510,
        445))):
        chair(c, x, y, COLOURS[i])
    return c


def laptop():
    c = room("#e6edf3")
    c.box(0, 300, W, 180, WOOD)
    c.box(200, 150, 240, 160, DARK, 10)
    c.box(212, 162, 216, 136, "#9cc7e8", 4)
    c.shape([(170, 340), (470, 340), (440, 310), (200, 310)], GREY)
    c.box(500, 290, 50, 60, RED, 8)
    c.disc(555, 318, 16, RED)
    c.disc(555, 318, 8, WOOD)
    for i in range(3):
        c.shape([(60 + i * 12, 360 + i * 22), (150 + i * 12, 350 + i * 22),
                 (160 + i * 12, 400 + i * 22), (70 + i * 12, 410 + i * 22)],
                     WHITE if i != 1 else "#f7e7b4")
    return c


def building():
    c = outdoors()
    c.box(190, 170, 260, 190, "#f2dfc2")
    c.shape([(165, 175), (320, 75), (475, 175)], GREEN)
    for x in (215, 375):
        c.box(x, 205, 50, 50, "#9cc7e8", 2)
    c.box(292, 265, 56, 95, WOOD, 3)
    tree(c, 90, 375)
    tree(c, 550, 375)
    return c


def five_in_a_row():
    c = room("#f4d98b")
    for i in range(5):
        person(c, 110 + i * 105, 420, i, 1.1)
    return c


def fruit():
    c = room("#eaf0e4")
    c.box(40, 300, 560, 26, WOOD, 6)
    c.box(90, 326, 20, 120, WOOD)
    c.box(530, 326, 20, 120, WOOD)
    for x in (300, 400, 500):
        c.disc(x, 292, 42, WHITE, 12)
    for i, (x, y) in enumerate(((120, 275), (160, 275), (200, 275), (140, 245), (180, 245))):
        c.disc(x, y, 24, (RED, ORANGE, GREEN, YELLOW, RED)[i])
    c.box(245, 195, 46, 105, BLUE, 14)
    c.line([(291, 220), (310, 235), (291, 265)], BLUE, 8)
    return c


def notes_on_board():
    c = room()
    board(c, 90, 50, 460, 260)
    for row in range(3):
        for col in range(6):
            c.box(115 + col * 71, 72 + row * 80, 52, 52, COLOURS[(row * 2 + col) % 6], 2)
    return c


def two_desks():
    c = room("#e9eef2")
    for i, x in enumerate((50, 350)):
        person(c, x + 120, 300, i * 3 + 1, 1.15, legs=False)
        table(c, x, 300, 240)
        monitor(c, x + 20, 214)
    return c


def kitchen():
    c = room("#eef3ea")
    c.box(330, 250, 240, 170, WHITE, 4)
    c.box(330, 245, 240, 14, GREY)
    for i, x in enumerate((350, 460)):
        c.box(x, 195, 80, 50, (RED, BLUE)[i], 8)
        c.box(x - 12, 205, 104, 10, DARK, 4)
    c.box(360, 300, 180, 90, GREY, 6)
    person(c, 230, 430, 2, 1.25)
    c.box(40, 90, 130, 90, WOOD, 4)
    return c


def park():
    c = outdoors()
    c.disc(560, 75, 42, YELLOW)
    tree(c, 190, 380, 1.3)
    c.box(230, 350, 190, 14, WOOD, 4)
    c.box(230, 318, 190, 14, WOOD, 4)
    for x in (245, 390):
        c.box(x, 318, 12, 80, DARK)
    c.box(490, 200, 10, 210, DARK)
    c.disc(495, 190, 22, "#fff3c4")
    return c


def bricks_at_table():
    c = room("#f1e6ea")
    person(c, 240, 270, 1, 1.05, legs=False)
    person(c, 400, 270, 5, 1.05, legs=False)
    c.shape([(170, 260), (470, 260), (540, 360), (100, 360)], WOOD)
    bricks(c, 290, 325, 8)
    person(c, 150, 470, 0, 1.2, legs=False)
    person(c, 490, 470, 3, 1.2, legs=False)
    return c


def window_with_flowers():
    c = Canvas("#f6ecd9")
    window(c, 140, 50, 360, 260)
    c.box(110, 325, 420, 24, WHITE, 4)
    for i, x in enumerate((200, 320, 440)):
        c.line([(x, 290), (x, 220)], GREEN, 6)
        for dx, dy in ((-18, 0), (18, 0), (0, -18), (0, 18)):
            c.disc(x + dx, 215 + dy, 15, (RED, VIOLET, ORANGE)[i])
        c.disc(x, 215, 11, YELLOW)
        c.shape([(x - 34, 278), (x + 34, 278), (x + 24, 326), (x - 24, 326)], "#b5603c")
    return c


def three_at_easel():
    c = room()
    easel(c, 460, 430)
    for i, x in enumerate((110, 210, 310)):
        person(c, x, 430, i + 1, 1.15)
    return c


def two_at_easel():
    c = room()
    easel(c, 460, 430)
    person(c, 190, 430, 1, 1.15)
    person(c, 310, 430, 3, 1.15)
    return c


def binders():
    c = room("#e9eef2")
    c.box(120, 40, 400, 390, WOOD, 4)
    for row in range(3):
        c.box(135, 55 + row * 125, 370, 110, "#e9d3b4")
        for i in range(9):
            h = 92 if (i + row) % 4 else 80
            c.box(145 + i * 39, 165 + row * 125 - h, 33, h, COLOURS[(i + row * 3) % 7], 3)
            c.box(153 + i * 39, 165 + row * 125 - h + 14, 17, 24, WHITE, 2)
    return c


def adult_and_child():
    c = room("#eaf0e4")
    c.disc(320, 420, 270, "#c98f9b", 48)
    person(c, 220, 425, 4, 1.3, legs=False)
    person(c, 330, 425, 2, 0.8, legs=False)
    for i in range(6):
        c.box(430 - (i % 2) * 4, 400 - i * 30, 46, 28, COLOURS[i % 6], 4)
    return c


def clock():
    c = room("#e8e4f0")
    c.box(230, 175, 180, 260, WOOD, 3)
    c.box(244, 190, 152, 245, "#c89259", 3)
    c.disc(380, 320, 9, YELLOW)
    c.disc(320, 95, 58, DARK)
    c.disc(320, 95, 50, WHITE)
    c.line([(320, 95), (320, 58)], DARK, 6)
    c.line([(320, 95), (348, 108)], DARK, 6)
    for x in (90, 500):
        c.box(x, 120, 60, 80, (GREEN, BLUE)[x > 200], 3)
    return c


def workshop():
    c = room("#ede4d3", "#bba58a")
    for i in range(4):
        c.box(90 + i * 10, 255 - i * 16, 300, 14, ("#d8ab72", "#c8965a")[i % 2], 2)
    table(c, 50, 270, 540, 26, 120, "#8a5a2b")
    c.box(430, 246, 110, 12, WOOD, 5)
    c.box(420, 234, 34, 34, DARK, 4)
    c.shape([(180, 120), (380, 105), (380, 125), (180, 165)], GREY)
    c.box(120, 112, 66, 60, RED, 14)
    c.box(138, 128, 30, 28, "#ede4d3", 8)
    return c


def handshake():
    c = room("#e6edf3")
    person(c, 210, 430, 0, 1.35)
    person(c, 430, 430, 1, 1.35)
    c.line([(235, 270), (320, 290)], BLUE, 24)
    c.line([(405, 270), (320, 290)], RED, 24)
    c.disc(320, 290, 17, SKIN[0])
    c.disc(320, 78, 88, WHITE, 46)
    c.shape([(300, 115), (345, 115), (318, 150)], WHITE)
    for x in (280, 320, 360):
        c.disc(x, 78, 10, DARK)
    return c


def gardening():
    c = outdoors()
    c.disc(320, 420, 250, "#7a5236", 42)
    for i, x in enumerate((260, 340, 420, 500)):
        c.line([(x, 415), (x, 360)], GREEN, 6)
        c.disc(x, 350, 20, (RED, YELLOW, VIOLET, ORANGE)[i])
        c.disc(x, 350, 8, WHITE)
    person(c, 160, 410, 6, 1.2)
    c.line([(185, 320), (250, 385)], DARK, 14)
    c.box(545, 345, 62, 66, BLUE, 8)
    c.line([(547, 370), (512, 340)], BLUE, 9)
    c.line([(606, 355), (628, 375), (606, 400)], BLUE, 7)
    return c


def bus():
    c = outdoors()
    for x in (110, 320, 530):
        tree(c, x, 335, 0.9)
    c.box(0, 370, W, 80, "#7b828c")
    for x in range(20, W, 110):
        c.box(x, 430, 60, 7, WHITE)
    c.box(120, 225, 400, 165, ORANGE, 20)
    for i in range(5):
        c.box(142 + i * 62, 248, 50, 55, "#bfe0f2", 5)
    c.box(458, 248, 44, 120, "#bfe0f2", 5)
    for x in (205, 430):
        c.disc(x, 390, 36, DARK)
        c.disc(x, 390, 15, GREY)
    return c


def sewing_machine():
    c = room("#f1e6ea")
    c.box(0, 340, W, 140, WOOD)
    c.box(150, 315, 290, 28, DARK, 6)
    c.box(370, 175, 70, 150, BLUE, 10)
    c.box(150, 165, 290, 62, BLUE, 20)
    c.box(170, 220, 34, 62, BLUE, 6)
    c.line([(187, 280), (187, 315)], GREY, 4)
    c.disc(445, 205, 26, GREY)
    for i, x in enumerate((510, 570)):
        c.box(x - 20, 280, 40, 62, (RED, GREEN)[i], 6)
        c.box(x - 26, 272, 52, 12, "#e9d3b4", 4)
        c.box(x - 26, 338, 52, 12, "#e9d3b4", 4)
    return c


def listeners():
    c = room()
    person(c, 510, 400, 5, 1.35)
    c.box(430, 250, 55, 72, WHITE, 2)
    for i in range(4):
        c.box(438, 262 + i * 14, 38, 4, GREY)
    for i, x in enumerate((90, 200, 310)):
        person(c, x, 330, i, 1.1, legs=False)
    table(c, 30, 320, 360)
    return c


def map_with_pins():
    c = room("#e6edf3")
    board(c, 110, 40, 420, 290, "#f7f1df")
    c.shape([(170, 110), (290, 65), (430, 90), (490, 180), (440, 285), (290, 305), (180, 250)],
        "#bcd9a8")
    c.line([(150, 200), (280, 180), (360, 220), (505, 200)], "#8fb8d8", 9)
    for i, (x, y) in enumerate(((320, 190), (250, 130), (400, 130), (440, 220), (360, 265), (250,
        255), (205, 190))):
        c.line([(x, y), (x, y - 24)], DARK, 4)
        c.disc(x, y - 28, 13, COLOURS[i % 7])
    return c


def balloons():
    c = room("#f4d98b")
    for i, (x, y) in enumerate(((180, 130), (320, 95), (460, 130))):
        c.line([(x, y + 60), (320, 350)], DARK, 2)
        c.disc(x, y, 56, (RED, BLUE, GREEN)[i], 68)
    c.box(90, 270, 460, 76, WHITE, 10)
    c.text(110, 288, "Zainwestuj w siebie!", DARK, 3)
    return c


def seven_in_two_rows():
    c = outdoors()
    for x in (70, 240, 410, 580):
        tree(c, x, 330, 1.0)
    for i, x in enumerate((250, 320, 390)):
        person(c, x, 380, i + 4, 1.0)
    for i, x in enumerate((180, 270, 370, 460)):
        person(c, x, 450, i, 1.0)
    return c


SCENES = {
    "1": long_table, "2": two_at_round_table, "3": trainer_at_chart, "4": circle_of_chairs,
    "5": laptop, "6": building, "7": five_in_a_row, "8": fruit, "9": notes_on_board,
    "10": two_desks, "11": kitchen, "12": park, "13": bricks_at_table,
    "15": window_with_flowers, "16": three_at_easel, "16-2": two_at_easel, "18": binders,
    "19": adult_and_child, "20": clock, "21": workshop, "22": handshake, "23": gardening,
    "24": bus, "25": sewing_machine, "26": listeners, "27": map_with_pins, "28": balloons,
    "29": seven_in_two_rows,
}


def draw(path):
    stem = os.path.splitext(os.path.basename(path))[0]
    scene = SCENES.get(stem)
    if scene is None:
        sys.exit(f"draw-photos.py: {path}: there is no scene named {stem}")
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    scene().save(path)


def main(arguments):
    if not arguments or arguments[0] in ("-h", "--help"):
        print(__doc__.strip())
        return 0 if arguments else 2
    for argument in arguments:
        if argument.endswith(".xml"):
            folder = os.path.dirname(argument)
            names = [photo.get("file") for photo in ET.parse(argument).iterfind("gallery/photo")]
        else:
            folder = argument
            names = sys.stdin.read().split()
        for name in names:
            draw(os.path.join(folder, name))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
