"""Where things lie."""

from crm_lab.base.places import resource, work_dir


def test_the_learners_folder_can_be_chosen(tmp_path, monkeypatch):
    monkeypatch.setenv("CRM_LAB_WORK", str(tmp_path))
    assert work_dir() == tmp_path


def test_the_data_lie_where_resource_says():
    assert (resource("datasets") / "manifest.json").is_file()
