"""The layout: imports point inwards, the middle is pure, code holds no wording."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("advisor", "bot", "console", "comeback")
MAY_IMPORT = {
    "advisor": {"advisor"},
    "bot": {"advisor", "bot"},
    "console": {"advisor", "console"},
    "comeback": {"advisor", "bot", "console", "comeback"},
}
WITH_INPUT_OR_OUTPUT = (
    "advisor.store",
    "advisor.render",
    "advisor.catalog",
    "advisor.answers_file",
)
IMPURE_MODULES = {
    *("logging", "structlog", "requests", "httpx", "urllib", "socket", "subprocess", "asyncio"),
    *("random", "secrets", "uuid", "time", "io", "os", "sys", "shutil", "tempfile", "yaml"),
}
IMPURE_FUNCTIONS = {"open", "print", "input"}
IMPURE_METHODS = {
    *("open", "read_text", "read_bytes", "write_text", "write_bytes", "unlink", "mkdir"),
    *("exists", "is_file", "is_dir", "glob", "rglob", "iterdir"),
    *("now", "utcnow", "today"),
}
ACTING = {
    *("open", "print", "read_text", "read_yaml", "load_catalog", "getenv", "connect", "run"),
    *("create_engine", "create_async_engine", "basicConfig", "now", "today"),
}
"""Calls that do something, and so have no place at the top of a module."""
DECLARING = {"add_typer", "include_router", "Index", "listen", "only_on"}
"""Calls that put parts together, and do nothing yet."""
RUN_BY_IMPORT = "advisor.store.migrations"
"""Alembic runs its scripts by importing them."""
READS_HEBREW = ("advisor.render.hebrew", "bot.understanding")
"""Prefix letters, and the grammar of what owners write: nothing that is said to anybody."""
Rule = Callable[[str], Iterator[str]]
HEBREW = re.compile("[\u05d0-\u05ea]")


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {
    name_of(path): path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))
}


@cache
def source(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """A file's syntax, its module first: every rule looks at the same."""
    return tuple(ast.walk(ast.parse(source(path))))


def imports(module: str) -> set[str]:
    """Modules that a module imports, wherever in it."""
    found: set[str] = set()
    for node in nodes(MODULES[module]):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(resolve(module, node))
    return found


def resolve(module: str, node: ast.ImportFrom) -> str:
    """The full name behind a relative import."""
    if not node.level:
        return node.module or ""
    is_package = MODULES[module].name == "__init__.py"
    parts = module.split(".")
    base = parts[: len(parts) - node.level + is_package]
    return ".".join([*base, node.module] if node.module else base)


def roots(module: str) -> set[str]:
    return {name.split(".")[0] for name in imports(module)}


def is_in(module: str, *places: str) -> bool:
    return any(module == place or module.startswith(f"{place}.") for place in places)


def called(node: ast.AST) -> Iterator[str]:
    """Last names of everything called below a node."""
    for part in ast.walk(node):
        if isinstance(part, ast.Call):
            function = part.func
            yield (
                function.attr
                if isinstance(function, ast.Attribute)
                else getattr(function, "id", "")
            )


def outward_imports(module: str) -> Iterator[str]:
    yield from (roots(module) & set(PACKAGES)) - MAY_IMPORT[module.split(".")[0]]


def database_imports(module: str) -> Iterator[str]:
    if not is_in(module, "advisor.store"):
        yield from roots(module) & {"sqlalchemy", "alembic", "aiosqlite", "psycopg"}


def telegram_imports(module: str) -> Iterator[str]:
    if not module.startswith("bot.telegram"):
        yield from roots(module) & {"telegram"}


def input_or_output(module: str) -> Iterator[str]:
    if not is_in(module, "advisor") or is_in(module, *WITH_INPUT_OR_OUTPUT):
        return
    yield from roots(module) & IMPURE_MODULES
    for node in nodes(MODULES[module]):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name) and node.func.id in IMPURE_FUNCTIONS:
                yield f"line {node.lineno}"
            if isinstance(node.func, ast.Attribute) and node.func.attr in IMPURE_METHODS:
                yield f"line {node.lineno}"


def done_on_import(module: str) -> Iterator[str]:
    if is_in(module, RUN_BY_IMPORT):
        return
    tree, *_ = nodes(MODULES[module])
    assert isinstance(tree, ast.Module)
    for node in tree.body:
        if isinstance(node, ast.For | ast.While | ast.With | ast.Try):
            yield f"line {node.lineno}"
        if isinstance(node, ast.Expr):
            declared = isinstance(node.value, ast.Call) and set(called(node)) <= DECLARING
            if not declared and not isinstance(node.value, ast.Constant):
                yield f"line {node.lineno}"
        if isinstance(node, ast.Assign | ast.AnnAssign) and ACTING & set(called(node)):
            yield f"line {node.lineno}"


def wording(module: str) -> Iterator[str]:
    if is_in(module, *READS_HEBREW):
        return
    for number, line in enumerate(source(MODULES[module]).splitlines(), 1):
        if HEBREW.search(line):
            yield f"line {number}"


def broken(rule: Rule) -> list[str]:
    """Modules that break a rule, with what breaks it."""
    return [f"{module}: {what}" for module in MODULES for what in rule(module)]


def test_imports_point_inwards() -> None:
    assert broken(outward_imports) == []


def test_only_the_store_knows_the_database() -> None:
    assert broken(database_imports) == []


def test_only_the_telegram_channel_knows_telegram() -> None:
    assert broken(telegram_imports) == []


def test_the_middle_does_no_input_or_output() -> None:
    assert broken(input_or_output) == []


def test_nothing_happens_on_import() -> None:
    assert broken(done_on_import) == []


def test_code_holds_no_wording() -> None:
    assert broken(wording) == []


@pytest.mark.parametrize("place", READS_HEBREW)
def test_what_reads_hebrew_does(place: str) -> None:
    """An exception that is no longer needed goes."""
    texts = (source(MODULES[m]) for m in MODULES if is_in(m, place))
    assert any(map(HEBREW.search, texts))


@pytest.mark.parametrize(
    "rule",
    [
        outward_imports,
        database_imports,
        telegram_imports,
        input_or_output,
        done_on_import,
        wording,
    ],
)
def test_the_rules_can_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rule: Rule) -> None:
    """A module that breaks every rule breaks every test."""
    bad = tmp_path / "bad.py"
    bad.write_text(
        "import sqlalchemy\nimport telegram\nfrom bot import replies\nimport random\n"
        "word = '\u05e9\u05dc\u05d5\u05dd'\nprint(word)\n",
        encoding="utf-8",
    )
    monkeypatch.setitem(MODULES, "advisor.bad", bad)
    (fault,) = {fault.partition(":")[0] for fault in broken(rule)}
    assert fault == "advisor.bad"


def test_there_are_modules_to_look_at() -> None:
    assert {module.partition(".")[0] for module in MODULES} >= set(MAY_IMPORT) - {"console"}
