from pathlib import Path

import pytest
from platformdirs import PlatformDirs

from followup_tui import paths


def test_folders_follow_the_xdg_variables(tmp_path):
    """Data, state and configuration live where XDG says."""
    env = {f"XDG_{name}_HOME": str(tmp_path / name) for name in ("DATA", "STATE", "CONFIG")}
    assert paths.data_dir(env) == tmp_path / "DATA" / "followup"
    assert paths.state_dir(env) == tmp_path / "STATE" / "followup"
    assert paths.config_path(env) == tmp_path / "CONFIG" / "followup" / "config.toml"
    assert paths.database_path(env) == str(tmp_path / "DATA" / "followup" / "followup.db")


def test_a_relative_xdg_folder_is_ignored():
    """The XDG standard says that relative paths are invalid."""
    assert paths.data_dir({"XDG_DATA_HOME": "here"}) == paths.data_dir({})
    assert paths.data_dir({}).is_absolute()


def test_the_usual_folders_are_the_platforms(monkeypatch):
    """What is known without asking platformdirs is what it would say."""
    for name in ("DATA", "STATE", "CONFIG"):
        monkeypatch.delenv(f"XDG_{name}_HOME", raising=False)
    usual = PlatformDirs("followup", appauthor=False)
    assert (paths.data_dir({}), paths.state_dir({})) == (usual.user_data_path, usual.user_state_path)
    assert paths.config_dir({}) == usual.user_config_path


def test_own_variables_win_over_the_folders(tmp_path):
    """FOLLOWUP_DB and FOLLOWUP_CONFIG name the files themselves."""
    env = {"FOLLOWUP_DB": str(tmp_path / "a.db"), "FOLLOWUP_CONFIG": str(tmp_path / "c.toml")}
    assert paths.database_path(env) == str(tmp_path / "a.db")
    assert paths.config_path(env) == tmp_path / "c.toml"


def test_empty_own_variables_mean_the_usual_places():
    """An empty variable is as good as none."""
    assert paths.database_path({"FOLLOWUP_DB": ""}) == paths.database_path({})
    assert paths.config_path({"FOLLOWUP_CONFIG": ""}) == paths.config_path({})


def test_a_home_in_a_variable_is_expanded():
    """A tilde that no shell expanded still means home."""
    assert paths.database_path({"FOLLOWUP_DB": "~/x.db"}) == str(Path("~/x.db").expanduser())


def test_a_url_stays_as_it_is():
    """A database may be named by a URL."""
    url = "postgresql://someone@host/sales"
    assert paths.database_path({"FOLLOWUP_DB": url}) == url
    assert paths.is_url(url)
    assert not paths.is_url("/tmp/a.db")


@pytest.mark.parametrize(
    ("database", "expected"),
    [
        (None, "/data/followup/backups"),
        ("/data/followup/followup.db", "/data/followup/backups"),
        ("/srv/team.db", "/srv/team.db-backups"),
        ("postgresql://host/sales", "/data/followup/backups"),
    ],
)
def test_backups_of_two_databases_never_mix(database, expected):
    """A database chosen by path keeps its backups beside itself."""
    assert paths.backups_dir({"XDG_DATA_HOME": "/data"}, database) == Path(expected)


def test_naming_places_makes_none(tmp_path):
    """Nothing is created by asking where it would be."""
    env = {f"XDG_{name}_HOME": str(tmp_path / name) for name in ("DATA", "STATE", "CONFIG")}
    for place in (paths.drafts_dir(env), paths.log_path(env), paths.themes_dir(env), paths.backups_dir(env)):
        assert place.is_relative_to(tmp_path)
    assert list(tmp_path.iterdir()) == []
