"""Photos: small, plain, decoded and drawn again; bombs and other files are refused."""

import io
import struct
import zlib

import pytest
from PIL import Image

from mostrador.catalogue.pictures import drawn_again
from mostrador.kernel.errors import Invalid


def photo(kind: str, size: tuple[int, int], mode: str = "RGB") -> bytes:
    """A photo of a kind."""
    out = io.BytesIO()
    Image.new(mode, size, "red").save(out, kind)
    return out.getvalue()


def bomb(side: int) -> bytes:
    """A PNG of a few bytes that says it has side x side pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\x00" * 1000)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind,mode", [("JPEG", "RGB"), ("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB"), ("GIF", "P"), ("BMP", "RGB")])
def test_every_usual_photo_becomes_a_small_webp(kind: str, mode: str) -> None:
    made = Image.open(io.BytesIO(drawn_again(photo(kind, (1000, 500), mode))))

    assert (made.format, made.size, made.mode) == ("WEBP", (320, 160), "RGB")


def test_a_small_photo_is_not_blown_up() -> None:
    assert Image.open(io.BytesIO(drawn_again(photo("PNG", (40, 30))))).size == (40, 30)


def test_what_was_clear_stands_on_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG")

    made = Image.open(io.BytesIO(drawn_again(out.getvalue()))).convert("RGB")

    assert made.getpixel((10, 10)) == (255, 255, 255)


def test_a_photo_lies_as_its_camera_was_held() -> None:
    out = io.BytesIO()
    image = Image.new("RGB", (60, 20))
    exif = image.getexif()
    exif[0x0112] = 6
    image.save(out, "JPEG", exif=exif)

    assert Image.open(io.BytesIO(drawn_again(out.getvalue()))).size == (20, 60)


@pytest.mark.parametrize("side", [8_000, 60_000])
def test_a_photo_with_too_many_pixels_is_refused_before_it_is_decoded(side: int) -> None:
    with pytest.raises(Invalid) as refused:
        drawn_again(bomb(side))

    assert refused.value.data == {"picture": "too_many_pixels"}


@pytest.mark.parametrize("data", [b"", b"<svg/>", b"%!PS-Adobe", b"%PDF-1.4", b"\xff\xd8\xff\xe0broken", b"PK\x03\x04"])
def test_what_is_no_photo_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        drawn_again(data)

    assert refused.value.data == {"picture": "no_picture"}


def test_what_hides_behind_a_photo_is_gone() -> None:
    made = drawn_again(photo("JPEG", (50, 50)) + b"<script>alert(1)</script>PK\x03\x04")

    assert b"script" not in made
