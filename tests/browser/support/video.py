"""Pictures for a camera that is a file: Chromium shows it instead of a lens (`--use-file-for-fake-video-capture`), from its beginning at each opening."""

import io
from collections.abc import Iterable
from pathlib import Path

import segno
from PIL import Image, ImageDraw

SIZE = (640, 480)
PER_SECOND = 30  # what Chromium takes for granted of a file of pictures
# Source: GS1 General Specifications 5.2.1.2: seven modules a digit, from the sets A, B and C.
A = ("0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011")
FIRST = ("AAAAAA", "AABABB", "AABBAB", "AABBBA", "ABAABB", "ABBAAB", "ABBBAA", "ABABAB", "ABABBA", "ABBABA")


def _modules(code: str) -> str:
    """The lines and gaps of an EAN-13, as ones and zeros."""
    inverted = [digit.translate(str.maketrans("01", "10")) for digit in A]
    left = [
        A[int(digit)] if which == "A" else inverted[int(digit)][::-1] for digit, which in zip(code[1:7], FIRST[int(code[0])], strict=True)
    ]
    return "101" + "".join(left) + "01010" + "".join(inverted[int(digit)] for digit in code[7:]) + "101"


def ean13(code: str) -> Image.Image:
    """A label with this code on a grey counter."""
    picture = Image.new("RGB", SIZE, (150, 148, 144))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((150, 150, 490, 330), fill="white")
    for place, module in enumerate(_modules(code)):
        if module == "1":
            draw.rectangle((178 + place * 3, 170, 180 + place * 3, 310), fill="black")
    return picture


def qr(text: str) -> Image.Image:
    """A paper with this text as a QR code."""
    drawn = io.BytesIO()
    segno.make(text, error="m").save(drawn, kind="png", scale=5, border=4)
    picture = Image.new("RGB", SIZE, (150, 148, 144))
    code = Image.open(drawn).convert("RGB")
    picture.paste(code, ((SIZE[0] - code.width) // 2, (SIZE[1] - code.height) // 2))
    return picture


def nothing() -> Image.Image:
    """The empty counter."""
    return Image.new("RGB", SIZE, (150, 148, 144))


def film(path: Path, scenes: Iterable[tuple[Image.Image, float]]) -> Path:
    """Write each picture for so many seconds; the last one stays for a minute more, so that nothing comes twice."""
    last = b""
    with path.open("wb") as file:
        for picture, seconds in scenes:
            frame = io.BytesIO()
            picture.save(frame, "JPEG", quality=85)
            last = frame.getvalue()
            file.write(last * int(seconds * PER_SECOND))
        file.write(last * 60 * PER_SECOND)
    return path
