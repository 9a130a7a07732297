"""The tools find what is wrong, and what is committed passes them."""

from __future__ import annotations

from pathlib import Path

import pytest

import font_characters
import lock
import test_all
import translations
import vendor
from paotui.planning.kernel import build

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 400


def test_the_lock_files_hold_what_the_project_declares_and_name_no_place():
    assert lock.all_faults() == []


def test_a_lock_file_that_names_a_place_or_lacks_a_package_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr(lock, "REQUIREMENTS", tmp_path)
    (tmp_path / "runtime.txt").write_text("--extra-index-url https://packages.example/\ndjango==4.2\n")
    found = " ".join(lock.faults("runtime", lock.declared([])))
    assert "4.2 of Django" in found
    assert "no version of granian" in found
    assert "names a place: https://" in found


def test_a_lock_of_another_compiler_than_the_kernels_name_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr(lock, "REQUIREMENTS", tmp_path)
    (tmp_path / "compiler.txt").write_text("ziglang==0.1.0 \\\n    --hash=sha256:00\n")
    assert lock.faults("compiler", [lock.compiler()]) == [
        f"requirements/compiler.txt has 0.1.0 of {build.COMPILER_PACKAGE}"
    ]


def test_a_compiler_that_is_named_but_not_there_is_told(monkeypatch):
    monkeypatch.setenv("PAOTUI_CXX", "no-such-compiler")
    with pytest.raises(SystemExit, match="PAOTUI_CXX names 'no-such-compiler'"):
        build.own_compiler()


def test_without_a_compiler_the_build_takes_the_package_or_says_how_to_get_it(monkeypatch):
    monkeypatch.delenv("PAOTUI_CXX", raising=False)
    monkeypatch.setattr(build.shutil, "which", lambda name: None)
    monkeypatch.setattr(build.importlib.util, "find_spec", lambda name: object())
    assert build.compiler()[1:] == ["-m", "ziglang", "c++"]
    monkeypatch.setattr(build.platform, "machine", lambda: "x86_64")
    # It knows the processor under this name only.
    assert "-march=x86_64_v2" in build.command("roads", Path("roads.so"))
    monkeypatch.setattr(build.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SystemExit, match=f"pip install {build.COMPILER_PACKAGE}"):
        build.compiler()


def test_vendored_files_agree_with_their_lock():
    assert vendor.differences(vendor.read_lock()) == []


def test_a_vendored_file_that_was_touched_is_found():
    locked = vendor.read_lock()
    path = next(iter(locked["sha256"]))
    locked["sha256"][path] = "0" * 64
    locked["sha256"]["src/paotui/web/static/vendor/gone.js"] = "0" * 64
    assert vendor.differences(locked) == [
        "src/paotui/web/static/vendor/gone.js is locked but missing",
        f"{path} differs from the lock",
    ]


def test_unicode_ranges_survive_being_written_and_read():
    codes = {0x20, 0x21, 0x22, 0x4E00, 0x20BB7}
    assert font_characters.write_ranges(codes) == "U+20-22, U+4e00, U+20bb7"
    assert font_characters.parse_ranges(font_characters.write_ranges(codes)) == codes


def test_the_fonts_draw_the_national_characters():
    assert len(font_characters.national()) == 8105
    assert font_characters.national() <= font_characters.ALL


def catalogue(path: Path, *entries: str) -> Path:
    path.write_text("\n\n".join(['msgid ""\nmsgstr ""\n"Language: zh_Hans\\n"', *entries]) + "\n", encoding="utf-8")
    return path


def test_missing_fuzzy_and_obsolete_translations_are_found(tmp_path):
    committed = catalogue(
        tmp_path / "old.po",
        'msgid "Kept"\nmsgstr "留下"',
        'msgid "Empty"\nmsgstr ""',
        '#, fuzzy\n#| msgid "Guess"\nmsgid "Guessed"\nmsgstr "猜"',
        'msgid "Gone"\nmsgstr "没了"',
    )
    fresh = catalogue(
        tmp_path / "new.po",
        *(f'msgid "{word}"\nmsgstr ""' for word in ("Kept", "Empty", "Guessed", "Added")),
    )
    assert translations.faults(committed, fresh) == [
        "no translation of 'Added'",
        "no translation of 'Empty'",
        "no translation of 'Guessed'",
        "nothing in the code says 'Gone' any more",
    ]


def test_a_message_over_several_lines_and_with_a_plural_is_read_whole(tmp_path):
    po = catalogue(
        tmp_path / "one.po",
        'msgid ""\n"One "\n"school"\nmsgid_plural "Schools"\nmsgstr[0] "学"\n"校"',
    )
    assert list(translations.entries(po.read_text(encoding="utf-8")).values()) == [["学校"]]


@pytest.mark.parametrize(
    ("suite", "code", "expected"),
    [
        ('<testsuite tests="5" failures="1" errors="1" skipped="0"/>', 1, (3, 2)),
        ('<testsuite tests="5" failures="0" errors="0" skipped="2"/>', 0, (3, 2)),
        ('<testsuite tests="5" failures="0" errors="0" skipped="0"/>', 0, (5, 0)),
        ('<testsuite tests="0" failures="0" errors="0" skipped="0"/>', 5, (0, 1)),
    ],
)
def test_a_skipped_test_and_a_run_that_broke_off_count_as_failed(tmp_path, suite, code, expected):
    report = tmp_path / "report.xml"
    report.write_text(f"<testsuites>{suite}</testsuites>")
    assert test_all.count(report, code) == expected


def test_no_source_file_is_longer_than_can_be_held_in_mind():
    files = [file for folder in ("src", "tests", "tools", "benchmarks") for file in (ROOT / folder).rglob("*.py")]
    long = {file.relative_to(ROOT).as_posix() for file in files if len(file.read_text("utf-8").splitlines()) > LONGEST}
    assert {path for path in long if "/migrations/" not in path} == set()
