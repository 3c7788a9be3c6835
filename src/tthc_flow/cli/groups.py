"""Groups of commands: each command's file is imported when it is called, not before."""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Mapping

NONE: Mapping[str, str] = MappingProxyType({})
COMMAND = "LỆNH [THAM SỐ]..."
OPTIONS = "[TÙY CHỌN]"
_WHOLE = 1000  # letters of a line of help: none is cut off


def in_this_language(command: click.Command) -> click.Command:
    """Return *command*, its help option made anew: click keeps that of the first call."""
    command._help_option = None  # noqa: SLF001 - no public way; a test calls in both languages
    return command


class Verbs(click.Group):
    """A group that knows the names of its verbs without importing them.

    Args:
        room: The package in which each verb has a file, with its ``command``.
        verbs: The verbs in the order of the work, each with its line of help.
    """

    def __init__(self, *, room: str = "", verbs: Mapping[str, str] = NONE, **more: Any) -> None:  # noqa: ANN401 - click's own
        """Keep the names."""
        settings = {"options_metavar": OPTIONS, "subcommand_metavar": COMMAND, **more}
        super().__init__(**settings)
        self.room, self.verbs = room, verbs

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the verbs in the order of the work."""
        del ctx
        return [*self.verbs, *self.commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the verb's own file, or take the command that stands in the group's."""
        del ctx
        found = self.commands.get(cmd_name)
        if found is None and cmd_name in self.verbs:
            found = import_module(f"{self.room}.{cmd_name}").command
        if found is None:
            return None
        found.options_metavar = self.options_metavar
        return in_this_language(found)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the verbs with their lines, without importing any."""
        del ctx
        lines = [*self.verbs.items()]
        lines += [(name, each.get_short_help_str(_WHOLE)) for name, each in self.commands.items()]
        with formatter.section("Lệnh"):
            formatter.write_dl(lines)
