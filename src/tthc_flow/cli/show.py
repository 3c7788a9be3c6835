"""`tthc-flow show`: a picture."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from tthc_flow.cli import options
from tthc_flow.cli.click_words import said
from tthc_flow.units import Convention
from tthc_flow.verbs.colour import HEATS
from tthc_flow.verbs.files import place
from tthc_flow.verbs.opening import opened
from tthc_flow.verbs.show import show, show_all

_KINDS: Final = (".svg", ".png")


@click.command("show")
@options.source
@options.process
@click.option("--diagram", metavar="SỐ|ID", help="Sơ đồ thứ mấy, hoặc mã của nó, nếu tệp có nhiều.")
@click.option(
    "--heat",
    type=click.Choice(HEATS),
    help="Tô màu theo gì; none: giữ màu của tệp. Bỏ trống: theo thời gian nếu tệp có ghi.",
)
@options.convention
@options.lang
@click.option(
    "--counter-example",
    is_flag=True,
    help="Vẽ chỗ sai cấu trúc và đường đi dẫn tới đó, thay cho màu.",
)
@click.option(
    "-o",
    "out",
    default="-",
    metavar="TỆP.svg|TỆP.png|THƯ MỤC/",
    help="Nơi ghi; - là màn hình; thư mục thì ghi mọi sơ đồ.",
)
def command(  # noqa: PLR0913 - one parameter an option
    source: str,
    *,
    process: str | None,
    diagram: str | None,
    heat: str | None,
    convention: Convention,
    lang: str,
    counter_example: bool,
    out: str,
) -> None:
    """Vẽ TỆP .bpmn ra SVG hoặc PNG, tô màu theo thời gian hay theo --heat."""
    reading = opened(options.read_input(source))
    goal = Path(out)
    if out != "-" and (out.endswith(("/", "\\")) or goal.is_dir()):
        if diagram or process or counter_example:
            message = said("a folder takes every diagram: leave out the options that choose one")
            raise click.UsageError(message)
        pictures = show_all(reading, heat=heat, convention=convention, lang=lang)
        written = place(goal, _named(source, pictures))
        click.echo("\n".join(str(each) for each in written))
        return
    _refuse_other_kinds(out)
    picture = show(
        reading,
        diagram=diagram,
        process=process,
        heat=heat,
        convention=convention,
        lang=lang,
        counter_example=counter_example,
    )
    if out == "-":
        click.echo(picture)
    elif goal.suffix.lower() == ".png":
        from tthc_flow.picture.png import png

        place(goal.parent, {goal.name: png(picture)})
    else:
        place(goal.parent, {goal.name: picture.encode()})


def _refuse_other_kinds(out: str) -> None:
    """Refuse to write SVG under a name that promises something else."""
    if out != "-" and Path(out).suffix.lower() not in _KINDS:
        message = said("a picture is {kinds}, or a folder that ends in /: {out!r} is none")
        message = message.format(kinds=said(" or ").join(_KINDS), out=out)
        raise click.UsageError(message)


def _named(source: str, pictures: tuple[str, ...]) -> dict[str, bytes]:
    """Return *pictures* by file name: that of the source, numbered where there are several."""
    stem = "stdin" if source == "-" else Path(source).stem
    if len(pictures) == 1:
        return {f"{stem}.svg": pictures[0].encode()}
    numbered = enumerate(pictures, start=1)
    return {f"{stem}-{number}.svg": picture.encode() for number, picture in numbered}
