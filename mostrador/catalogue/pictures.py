"""Photos of products: decoded and drawn again by us, so that nothing of the file that came is kept (no metadata, no polyglot)."""

import hashlib
import io
import uuid
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from mostrador.catalogue.models import Picture
from mostrador.catalogue.services import get_product
from mostrador.kernel import trail
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid
from mostrador.kernel.feed import touched
from mostrador.kernel.writing import use_case

SIDE = 320
BYTES_MAX = 12 * 1024 * 1024
PIXELS_MAX = 50_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")


def drawn_again(data: bytes) -> bytes:
    """Return a photo as WebP of at most 320 x 320. Refuses with Invalid what is too large, has too many pixels or is no photo.

    The size is read from the header before a pixel is decoded, and only raster formats are tried: no SVG, no PDF, no EPS.
    """
    if len(data) > BYTES_MAX:
        raise Invalid(picture="too_large")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                if image.width * image.height > PIXELS_MAX or min(image.size) < 1:
                    raise Invalid(picture="too_many_pixels")
                image.draft("RGB", (SIDE * 2, SIDE * 2))
                return _webp(ImageOps.exif_transpose(image))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Invalid(picture="too_many_pixels") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise Invalid(picture="no_picture") from error


def _webp(image: Image.Image) -> bytes:
    """Pixels alone, on white where they were clear, no larger than the side."""
    has_alpha = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    if has_alpha:
        ground = Image.new("RGBA", image.size, "white")
        ground.alpha_composite(image.convert("RGBA"))
        image = ground
    plain = image.convert("RGB")
    plain.thumbnail((SIDE, SIDE))
    clean = Image.frombytes("RGB", plain.size, plain.tobytes())
    out = io.BytesIO()
    clean.save(out, "WEBP", quality=80, method=4)
    return out.getvalue()


def set_picture(actor: Actor, *, product_id: uuid.UUID, data: bytes) -> None:
    """Give a product a photo, in place of the one it had. Refuses with Invalid what `drawn_again` does not take."""
    if not actor.may("owner", "manager", "stock"):
        raise Forbidden
    get_product(product_id)
    webp = drawn_again(data)
    digest = hashlib.sha256(webp).hexdigest()[:16]
    with use_case():
        before = Picture.objects.filter(product_id=product_id).values_list("digest", flat=True).first()
        if before == digest:
            return
        Picture.objects.filter(product_id=product_id).delete()
        Picture.objects.create(organization_id=actor.organization_id, product_id=product_id, webp=webp, digest=digest)
        trail.record(actor, "product", product_id, {"picture": (before, digest)})
        touched(actor.organization_id, "product", [product_id])


def remove_picture(actor: Actor, *, product_id: uuid.UUID) -> None:
    """Take a product's photo away: its silhouette stands again."""
    if not actor.may("owner", "manager", "stock"):
        raise Forbidden
    get_product(product_id)
    with use_case():
        before = Picture.objects.filter(product_id=product_id).values_list("digest", flat=True).first()
        if before is None:
            return
        Picture.objects.filter(product_id=product_id).delete()
        trail.record(actor, "product", product_id, {"picture": (before, None)})
        touched(actor.organization_id, "product", [product_id])
