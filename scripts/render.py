#!/usr/bin/env python3
"""Renders a captured terminal screen (text with SGR sequences) as PNG.

usage: render.py COLUMNSxROWS IN.ansi OUT.png [--light]

One cell is 12x24 pixels. Braille, blocks and box lines are drawn as shapes, so that there are no
seams. Needs the packages pyte and pillow, and a monospaced font (JetBrains Mono or DejaVu Sans Mono).
"""
import re
import sys

import pyte
from PIL import Image, ImageDraw, ImageFont

W, H = 12, 24
FONTS = "/usr/share/fonts/truetype/"
DARK = dict(black="#1d1f21", red="#e06c75", green="#98c379", brown="#e5c07b", blue="#61afef",
            magenta="#c678dd", cyan="#56b6c2", white="#d0d0d0", fg="#d0d3d8", bg="#15171a")
LIGHT = dict(black="#000000", red="#c0392b", green="#2e7d32", brown="#b58900", blue="#1565c0",
             magenta="#8e24aa", cyan="#00838f", white="#555555", fg="#24292e", bg="#ffffff")
LINES = {"─": "lr", "│": "ud", "┤": "udl", "├": "udr", "┴": "lru", "┬": "lrd", "└": "ur", "┘": "ul",
         "┌": "dr", "┐": "dl", "┼": "udlr"}
ARCS = {"╭": (1, 1, 180, 270), "╮": (0, 1, 270, 360), "╰": (1, 0, 90, 180), "╯": (0, 0, 0, 90)}
DOTS = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3)]


def font(*names):
    for name in names:
        try:
            return ImageFont.truetype(FONTS + name, 19)
        except OSError:
            pass
    sys.exit("no monospaced font: install fonts-jetbrains-mono or fonts-dejavu-core")


def mark_dim(text):
    """pyte drops "dim" (2): carry it as strikethrough (9), which inward never uses."""
    def swap(match):
        codes = match.group(1).split(";")
        return "\x1b[" + ";".join(
            "9" if code == "2" and (i == 0 or codes[i - 1] not in ("38", "48")) else code
            for i, code in enumerate(codes)) + "m"
    return re.sub(r"\x1b\[([0-9;]*)m", swap, text)


def mix(a, b, share):
    return tuple(int(x * share + y * (1 - share)) for x, y in zip(a, b))


def shape(draw, char, x, y, fg, bg):
    """Draws a character that must fill its cell; False when it is an ordinary one."""
    code, cx, cy = ord(char), x + W // 2, y + H // 2
    if 0x2800 <= code <= 0x28FF:
        for bit, (dx, dy) in enumerate(DOTS):
            if (code - 0x2800) >> bit & 1:
                px, py = x + 3 + dx * 6, y + 3 + dy * 6
                draw.ellipse((px - 2, py - 2, px + 2, py + 2), fill=fg)
    elif 0x2581 <= code <= 0x2588:
        draw.rectangle((x, y + H - H * (code - 0x2580) // 8, x + W - 1, y + H - 1), fill=fg)
    elif char == "▀":
        draw.rectangle((x, y, x + W - 1, y + H // 2 - 1), fill=fg)
    elif char == "▔":
        draw.rectangle((x, y, x + W - 1, y + H // 8), fill=fg)
    elif char == "▏":
        draw.rectangle((x, y, x + 1, y + H - 1), fill=fg)
    elif char in "░▒▓":
        share = {"░": 0.25, "▒": 0.5, "▓": 0.75}[char]
        draw.rectangle((x, y, x + W - 1, y + H - 1), fill=mix(fg, bg, share))
    elif char in LINES:
        ends = {"l": (x, cy, cx, cy), "r": (cx, cy, x + W, cy), "u": (cx, y, cx, cy), "d": (cx, cy, cx, y + H)}
        for side in LINES[char]:
            draw.line(ends[side], fill=fg)
    elif char in ARCS:
        right, down, start, end = ARCS[char]
        r = W // 2
        left, top = cx if right else cx - 2 * r, cy if down else cy - 2 * r
        draw.arc((left, top, left + 2 * r, top + 2 * r), start, end, fill=fg)
        draw.line((cx, cy + r, cx, y + H) if down else (cx, y, cx, cy - r), fill=fg)
    else:
        return False
    return True


def main():
    light = "--light" in sys.argv
    size, source, target = [arg for arg in sys.argv[1:] if arg != "--light"]
    columns, rows = map(int, size.split("x"))
    inks = LIGHT if light else DARK
    regular = font("jetbrains-mono/JetBrainsMono-Regular.ttf", "dejavu/DejaVuSansMono.ttf")
    bold = font("jetbrains-mono/JetBrainsMono-Bold.ttf", "dejavu/DejaVuSansMono-Bold.ttf")
    spare = font("dejavu/DejaVuSansMono.ttf", "jetbrains-mono/JetBrainsMono-Regular.ttf")

    def rgb(name, default):
        name = inks[default] if name == "default" else inks.get(name, name)
        name = name.lstrip("#")
        return tuple(int(name[i:i + 2], 16) for i in (0, 2, 4))

    screen = pyte.Screen(columns, rows)
    text = open(source, encoding="utf-8").read()
    pyte.Stream(screen).feed(mark_dim(text).rstrip("\n").replace("\n", "\r\n"))
    image = Image.new("RGB", (columns * W, rows * H), rgb("default", "bg"))
    draw = ImageDraw.Draw(image)
    for row in range(rows):
        for column in range(columns):
            cell = screen.buffer[row][column]
            fg, bg = rgb(cell.fg, "fg"), rgb(cell.bg, "bg")
            if cell.reverse:
                fg, bg = bg, fg
            if cell.strikethrough:
                fg = mix(fg, bg, 0.62)
            x, y = column * W, row * H
            if cell.data == "":
                continue
            draw.rectangle((x, y, x + W - 1, y + H - 1), fill=bg)
            if cell.data.strip() and not (len(cell.data) == 1 and shape(draw, cell.data, x, y, fg, bg)):
                face = spare if cell.data in "▸◌◆┄›" else bold if cell.bold else regular
                draw.text((x, y + (face is spare)), cell.data, font=face, fill=fg)
            if cell.underscore:
                draw.line((x, y + H - 3, x + W - 1, y + H - 3), fill=fg)
    image.save(target, optimize=True)


main()
