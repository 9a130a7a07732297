"""`paotui serve` as a visitor and a service manager see it."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request

import pytest

from tests.browser import server

pytestmark = pytest.mark.browser


def get(url: str, **headers: str):
    try:
        return urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=30)
    except urllib.error.HTTPError as refused:
        return refused


def test_static_files_have_the_hash_of_their_content_in_their_name_and_may_be_kept_for_ever(live):
    page = get(f"{live.url}/").read().decode()
    sheets = re.findall(r'href="(/static/[^"]+\.css)"', page)
    assert sheets
    for sheet in sheets:
        answer = get(f"{live.url}{sheet}")
        assert answer.status == 200, sheet
        assert "immutable" in answer.headers["Cache-Control"], sheet


def test_nothing_is_taken_from_elsewhere_and_nothing_runs_that_stands_in_the_page(live):
    answer = get(f"{live.url}/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", answer.read().decode())


def test_the_page_is_chinese_unless_the_browser_asks_for_english(live):
    assert get(f"{live.url}/", **{"Accept-Language": "de"}).headers["Content-Language"] == "zh-hans"
    assert get(f"{live.url}/", **{"Accept-Language": "en-GB"}).headers["Content-Language"] == "en"


def test_a_host_that_is_not_ours_is_refused(live):
    assert get(f"{live.url}/", Host="elsewhere.example").status == 400


def test_a_server_told_to_stop_while_it_starts_ends_cleanly(sample, tmp_path):
    server.copy_sample(sample, tmp_path)
    started = subprocess.Popen(
        [sys.executable, "-m", "paotui", "serve", "--port", str(server.free_port())],
        env=server.environment(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    assert "Serving on http://127.0.0.1:" in next(line for line in started.stdout if "Serving" in line)
    started.send_signal(signal.SIGTERM)
    rest, _ = started.communicate(timeout=60)
    assert started.returncode == 0, rest


def test_a_port_that_somebody_has_is_refused_with_what_to_do(live):
    port = live.url.rpartition(":")[2]
    done = subprocess.run(
        [sys.executable, "-m", "paotui", "serve", "--port", port],
        env=server.environment(live.folder), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "choose another with --host or --port" in done.stderr


def test_the_figures_of_the_sample_keep_the_digits_of_money(live):
    said = live.paotui("figures", "S5.refund_total", "S5.schools", "--json").stdout
    assert '"value": 124315160.00,' in said
    by_id = {one["id"]: one for one in json.loads(said)}
    assert by_id["S5.schools"]["value"] == 24
    assert by_id["S5.refund_total"]["records"] == 124
    assert set(by_id["S5.schools"]) >= {"story", "id", "value", "unit", "records"}


def test_the_page_is_written_where_asked(live, tmp_path):
    live.paotui("page", "--out", str(tmp_path / "page.pdf"))
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF-")


def test_the_ledger_of_the_sample_is_whole_and_says_so_to_a_machine(live):
    verification = json.loads(live.paotui("ledger", "verify", "--json").stdout)
    assert verification["ok"] is True
    assert verification["entries"] > 0


def test_replaying_twice_is_refused_and_replaying_if_empty_does_nothing(live):
    assert live.paotui("replay", "--if-empty").stdout == ""
    with pytest.raises(AssertionError, match="already"):
        live.paotui("replay")


def test_the_browser_shows_the_page_without_complaint(page):
    answer = page.goto("/")
    assert answer.status == 200
    page.wait_for_load_state("networkidle")
    assert page.locator("h1, h2").count() > 1
