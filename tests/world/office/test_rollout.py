"""The roll-out: tasks that can be done one after the other, other lengths in every company, five phases in order."""

from graphlib import TopologicalSorter

from crm_lab.schema.office import CRITERIA, PHASES, VENDORS


def before(world):
    return (
        world.rollout_tasks.set_index("task_id")["after"]
        .fillna("")
        .map(lambda after: [t for t in after.split(";") if t])
    )


def longest(world):
    """The critical path: the tasks on it, first to last, and its length in days."""
    days, needs = world.rollout_tasks.set_index("task_id")["days_likely"], before(world)
    ends, previous = {}, {}
    for task in TopologicalSorter(needs.to_dict()).static_order():
        previous[task] = max(needs[task], key=ends.get, default=None)
        ends[task] = days[task] + ends.get(previous[task], 0)
    path = [max(ends, key=ends.get)]
    while previous[path[0]]:
        path.insert(0, previous[path[0]])
    return path, max(ends.values())


def test_tasks_follow_tasks_that_exist_and_never_themselves(companies):
    for world in companies[:3]:
        path, days = longest(world)
        assert path[0] == "T01"
        assert path[-1] == "T18"
        assert 60 < days < world.rollout_tasks["days_likely"].sum()


def test_the_critical_path_differs_between_companies(companies):
    assert len({tuple(longest(world)[0]) for world in companies}) > 2


def test_phases_come_in_order_and_each_ends_with_a_control_point(company):
    tasks = company.rollout_tasks
    assert tasks["phase"].drop_duplicates().tolist() == list(PHASES)
    assert tasks.groupby("phase")["control_point"].last().all()
    assert (tasks["days_low"] <= tasks["days_likely"]).all()
    assert (tasks["days_likely"] <= tasks["days_high"]).all()


def test_the_weights_of_the_criteria_add_up_and_the_best_vendor_differs(companies):
    best = set()
    for world in companies:
        scores = world.vendor_scores
        total = (scores["weight"] * scores["score"]).groupby(scores["vendor"]).sum()
        best.add(total.idxmax())
        assert scores.groupby("vendor")["weight"].sum().eq(100).all()
        assert len(scores) == len(VENDORS) * len(CRITERIA)
    assert len(best) > 2
