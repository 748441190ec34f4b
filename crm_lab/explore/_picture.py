"""A finished figure together with the words that stand in for it.

JupyterLab 4.6 drops the `alt` of an image/png output, and nbconvert's lab template does too: both show an image without
a name. Both keep the `alt` of an `<img>` in a text/html output, also in a notebook that is not trusted. So a Picture
offers the image in both forms. text/html is what is shown; image/png serves what cannot show HTML (LaTeX, a terminal).
"""

import io
from base64 import b64encode
from html import escape
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from crm_lab.base.errors import InputError
from crm_lab.base.text import _

DPI = 144  # pixels per inch of figure: sharp on a projector and on a dense screen
LIVE_DPI = 96  # for widgets: sharp at the size shown, and small enough to be sent at every step of a slider
WIDTH = 800  # pixels of screen a figure takes in a notebook
_COLOURS = 128  # flat colours need no more, and the file shrinks to a third


def png(figure: Figure, dpi: int = DPI) -> bytes:
    """The figure as PNG, the same bytes each time: no date, no software name, fixed palette.

    figure  a matplotlib Figure
    dpi     pixels per inch

    >>> png(Figure())[1:4]
    b'PNG'
    """
    figure.set_dpi(dpi)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    pixels = Image.frombuffer("RGBA", canvas.get_width_height(), bytes(canvas.buffer_rgba())).convert("RGB")
    file = io.BytesIO()
    pixels.quantize(_COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
        file, "png", optimize=True
    )
    return file.getvalue()


def fast_png(canvas: FigureCanvasAgg) -> bytes:
    """What is drawn on the canvas as PNG, made for speed: a widget sends it at every step of a slider.

    canvas  a canvas already drawn

    >>> canvas = FigureCanvasAgg(Figure())
    >>> canvas.draw()
    >>> fast_png(canvas)[1:4]
    b'PNG'
    """
    pixels = Image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba())
    file = io.BytesIO()
    flat = pixels.convert("RGB").quantize(64, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    flat.save(file, "png", compress_level=1)
    return file.getvalue()


def live_html(canvas: FigureCanvasAgg, alt: str) -> str:
    """The canvas as an HTML image with alt text, for widgets.HTML: widgets.Image cannot carry any.

    canvas  a canvas already drawn
    alt     what is plotted and what one sees

    The image is decoded at once and its size is known beforehand, so it does not flicker while a slider is dragged.

    >>> canvas = FigureCanvasAgg(Figure())
    >>> canvas.draw()
    >>> live_html(canvas, "A line rises.")[:25]
    '<img alt="A line rises." '
    """
    width, height = canvas.get_width_height()
    size = f'width="{width}" height="{height}" style="width: 100%; max-width: {WIDTH}px; height: auto"'
    source = b64encode(fast_png(canvas)).decode()
    return f'<img alt="{escape(alt)}" decoding="sync" {size} src="data:image/png;base64,{source}">'


class Picture:
    """A drawn figure and its alt text. A notebook shows the image; a screen reader, nbval and a terminal get `.alt`.

    `.title` is the headline drawn above the figure.

    figure  the finished matplotlib Figure; it is rendered once and let go
    alt     what is plotted, over what, and what one sees
    width   pixels of screen the image takes

    >>> Picture(Figure(), "Nothing is drawn here yet.")
    Nothing is drawn here yet.
    """

    def __init__(self, figure: Figure, alt: str, width: int = WIDTH) -> None:
        if not alt.strip():
            raise InputError(_("A picture needs an alt text: what is plotted, over what, and what one sees."))
        self.alt = " ".join(alt.split())
        self.title = " ".join(figure.get_suptitle().split())
        self.width = width
        self.png = png(figure)

    def __repr__(self) -> str:
        return self.alt

    def html(self) -> str:
        """The image as an HTML element that carries its alt text.

        >>> Picture(Figure(), "A line rises.").html()[:36]
        '<img alt="A line rises." width="800"'
        """
        source = b64encode(self.png).decode()
        return f'<img alt="{escape(self.alt)}" width="{self.width}" src="data:image/png;base64,{source}">'

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict[str, str], dict[str, Any]]:
        data = {"text/html": self.html(), "text/plain": self.alt, "image/png": b64encode(self.png).decode()}
        return data, {"image/png": {"alt": self.alt, "width": self.width}}
