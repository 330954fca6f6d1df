//! What every chart promises, over portfolios that are ordinary, extreme and degenerate.

use super::{CHARTS, Drawing as Picture, PictureKind, RunSource};
use super::{
    comparison, crash_anatomy, crash_correlation, drawdown, gain_profile, holdings, loop_fan, terminal,
    wealth_fan,
};
use crate::chart::{
    Bounds, HPos, Ink, Lettering, MarkShape, RowChart, Shape, Spec, Stamp, Theme, WIDTH, inside_a_page, units,
};
use crate::engine::{Control, replay};
use crate::figure::n_words;
use crate::random::Seeds;
use crate::record::REAL_WEALTH;
use crate::report::{ReplayReport, Report};
use crate::scenario::Scenario;
use crate::stage::Level;
use crate::study::simulate;
use std::sync::LazyLock;

mod agents;
mod cases;
mod comparisons;
mod crashes;
mod crossovers;
mod findings;
mod moved;
pub(super) mod samples;
mod stacks;
mod studies;
mod taken;
mod timelines;

static PICTURES: LazyLock<Vec<(String, Picture)>> = LazyLock::new(|| {
    let mut pictures = Vec::new();
    for (case, charts) in cases::cases() {
        for (kind, chart) in charts {
            let name = format!("{case} {}", kind.id);
            let both = kind.sketch(&chart, &stamp()).expect("many paths");
            pictures.push((format!("{name} narrow"), both.narrow));
            pictures.push((name, both.wide));
        }
    }
    for (number, text) in cases::scenarios().iter().enumerate() {
        pictures.extend(of_run(text).map(|one| (format!("scenario {number}: {}", one.id), one)));
    }
    pictures
});

/// Shipped scenarios whose runs are drawn.
const RUNS: [&str; 10] = [
    include_str!("../../../scenarios/_table-2027.toml"),
    include_str!("../../../scenarios/four-claims.toml"),
    include_str!("../../../scenarios/defi-alone.toml"),
    include_str!("../../../scenarios/can-i-quit.toml"),
    include_str!("../../../scenarios/relocation.toml"),
    include_str!("../../../scenarios/one-platform.toml"),
    include_str!("../../../scenarios/fleet-of-fifty.toml"),
    include_str!("../../../scenarios/liability.toml"),
    include_str!("../../../scenarios/exploit-and-cover.toml"),
    include_str!("../../../scenarios/thousand-pictures.toml"),
];

/// Runs the scenario `text` on 1,000 paths. Returns its report with the path of median final wealth.
fn report_of(text: &str) -> Report {
    let mut scenario: Scenario = text.parse().expect("a valid scenario");
    (scenario.paths, scenario.seeds) = (1000, Seeds::one(42));
    let run = simulate(&scenario, &Control::default()).expect("a run");
    let report = Report::from(&run);
    let median = report.measures["wealth.terminal.real.p50"].value;
    let path = run.outcome.first_at(REAL_WEALTH, median).expect("a path");
    let replay = replay(&run.plan, Level::detect(), path).expect("finite");
    report.with_paths(None, Some(ReplayReport { scenario: &scenario, replay: &replay }))
}

fn of_run(text: &str) -> impl Iterator<Item = Picture> {
    super::sketches(&report_of(text), &[]).into_iter().flat_map(|both| [both.wide, both.narrow])
}

/// The one block of rows of a chart.
fn rows(spec: &Spec) -> &RowChart {
    let Shape::Rows(blocks) = &spec.shape else { panic!("rows") };
    &blocks[0]
}

/// The texts of the figures of a row.
fn figures(rows: &RowChart, row: usize) -> Vec<&str> {
    rows.rows[row].figures.iter().map(|(text, _)| text.as_str()).collect()
}

/// A chart to draw, with its kind.
type Case = (&'static PictureKind, Spec);

fn stamp() -> Stamp {
    Stamp {
        scenario: "a portfolio".to_string(),
        seeds: Seeds::one(42),
        n_paths: 1000,
        digest: "3f9c1a7e".to_string(),
    }
}

fn extent(form: &MarkShape) -> Bounds {
    let around = |points: &[(i32, i32)]| Bounds {
        left: points.iter().map(|point| point.0).min().unwrap_or(0),
        top: points.iter().map(|point| point.1).min().unwrap_or(0),
        right: points.iter().map(|point| point.0).max().unwrap_or(0),
        bottom: points.iter().map(|point| point.1).max().unwrap_or(0),
    };
    match form {
        MarkShape::Rectangle(bounds) => *bounds,
        MarkShape::Path { points, .. } => around(points),
        MarkShape::Circle { centre: (x, y), radius } => {
            let r = *radius as i32;
            around(&[(x - r, y - r), (x + r, y + r)])
        }
        MarkShape::Text(text) => text.bounds(),
    }
}

#[test]
fn every_kind_is_registered_once_and_drawn_by_these_tests() {
    let mut ids: Vec<&str> = CHARTS.iter().map(|kind| kind.id).collect();
    for kind in CHARTS {
        assert!(!kind.title.is_empty() && kind.doc.len() > 40, "{}", kind.id);
        let drawn = PICTURES.iter().any(|(_, picture)| picture.id == kind.id);
        assert!(drawn, "no sample of {}", kind.id);
    }
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), CHARTS.len());
}

#[test]
fn a_title_has_at_most_ten_words() {
    // names in other samples are longer than labels of runs
    let of_runs = |name: &str| name.starts_with("scenario") || name.starts_with("studies");
    for (name, picture) in PICTURES.iter().filter(|(name, _)| of_runs(name)) {
        // a currency's code and its amount are one word
        let n = n_words(&picture.title.replace("CHF ", "CHF"));
        assert!((1..=10).contains(&n), "{name}: {n} in «{}»", picture.title);
    }
}

#[test]
fn no_text_touches_another_text() {
    for (name, picture) in PICTURES.iter() {
        let texts: Vec<(&str, Bounds)> =
            picture.texts().map(|text| (text.text.as_str(), text.bounds())).collect();
        for (index, (a, a_bounds)) in texts.iter().enumerate() {
            for (b, b_bounds) in &texts[..index] {
                assert!(!a_bounds.overlaps(b_bounds), "{name}: «{a}» on «{b}»");
            }
        }
    }
}

#[test]
fn the_overlap_of_two_texts_is_noticed() {
    let text = |x| Lettering {
        text: "median $363k".to_string(),
        at: (x, 500),
        anchor: HPos::Left,
        size: 120,
        weight: crate::chart::Weight::Regular,
    };
    assert!(text(100).bounds().overlaps(&text(700).bounds()));
    assert!(!text(100).bounds().overlaps(&text(1000).bounds()));
}

#[test]
fn nothing_leaves_the_picture_unless_it_is_cut_by_a_panel() {
    for (name, picture) in PICTURES.iter() {
        let [right, bottom] = [picture.size.0, picture.size.1].map(|side| units(f64::from(side)));
        let whole = Bounds { left: 0, top: 0, right, bottom };
        for mark in &picture.marks {
            // what a panel cuts may reach anywhere
            let held = whole.contains(&mark.clip.unwrap_or_else(|| extent(&mark.shape)));
            assert!(held, "{name}: {mark:?}");
        }
    }
}

#[test]
fn a_line_that_leaves_its_panel_keeps_its_course() {
    let mut fan = samples::fan();
    fan.guides[1].points[1].1 = 1e9;
    let fan = fan.of_wealth();
    let runs_out = fan.picture("fan", "", &stamp(), WIDTH).marks.iter().any(|mark| {
        let bounds = extent(&mark.shape);
        mark.clip.is_some_and(|clip| bounds.top < clip.top)
    });
    assert!(runs_out, "the claim is above the axis");
}

#[test]
fn every_colour_comes_from_the_theme() {
    let known: Vec<String> = [Theme::Light, Theme::Dark]
        .into_iter()
        .flat_map(|theme| Ink::all().map(move |ink| ink.rgb(theme).hex()))
        .collect();
    for (name, picture) in PICTURES.iter() {
        let svg = picture.to_svg();
        let n_colours = svg.split("\"#").skip(1).chain(svg.split(":#").skip(1));
        for rest in n_colours {
            let hex = format!("#{}", rest.get(..6).unwrap_or_default());
            assert!(known.contains(&hex), "{name}: {hex}");
        }
        assert!(!svg.contains("rgb("));
    }
}

#[test]
fn an_svg_is_well_formed_and_speaks() {
    for (name, picture) in PICTURES.iter() {
        let svg = picture.to_svg();
        let svg = inside_a_page(&svg);
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"), "{name}");
        assert!(svg.contains("role=\"img\"") && svg.contains(&format!("<desc id=\"{}-desc\">", picture.id)));
        for tag in ["svg", "g", "text", "title", "desc", "clipPath"] {
            let opened = svg.matches(&format!("<{tag}>")).count() + svg.matches(&format!("<{tag} ")).count();
            assert_eq!(opened, svg.matches(&format!("</{tag}>")).count(), "{name}: {tag}");
        }
        assert!(!svg.contains("NaN") && !svg.contains("inf\""), "{name}");
        assert!(!svg.contains("<style>"), "the page has the rules");
    }
}

#[test]
fn a_standalone_svg_turns_dark_by_itself() {
    let picture = samples::fan().of_wealth().picture("fan", "", &stamp(), WIDTH);
    let svg = picture.to_svg();
    for ink in picture.inks() {
        let rule = format!(".f-{}{{fill:{}}}", ink.class(), ink.rgb(Theme::Dark).hex());
        assert!(svg.contains(&rule), "{rule}");
    }
}

#[test]
fn a_png_decodes_at_twice_the_size_on_its_own_ground() {
    for picture in of_run(RUNS[0]).take(6) {
        for theme in [Theme::Light, Theme::Dark] {
            let pixels = tiny_skia::Pixmap::decode_png(&picture.to_png(theme)).expect("a PNG");
            assert_eq!((pixels.width(), pixels.height()), (2 * picture.size.0, 2 * picture.size.1));
            let ground = Ink::Ground.rgb(theme);
            let corner = pixels.pixel(0, 0).expect("not empty");
            assert_eq!((corner.red(), corner.green(), corner.blue()), (ground.0, ground.1, ground.2));
            let drawn = pixels.pixels().iter().filter(|pixel| **pixel != corner).count();
            assert!(drawn > 10_000, "{} is blank", picture.id);
        }
    }
}

#[test]
fn a_quantile_of_wealth_is_never_called_value_at_risk() {
    for (name, picture) in PICTURES.iter() {
        for text in picture.texts() {
            let text = text.text.to_lowercase();
            assert!(!text.contains("var ") && !text.contains("value at risk"), "{name}");
        }
    }
}

#[test]
fn all_pictures_together_name_their_scenario_and_seed() {
    for (name, picture) in PICTURES.iter() {
        let stamped = picture
            .texts()
            .any(|text| text.text.starts_with("tailwheel ") && text.text.contains("seed 42 · 1,000 paths"));
        assert!(stamped, "{name}");
    }
}

#[test]
fn the_pictures_have_not_changed() {
    let report = report_of(&cases::scenarios()[RUNS.len()]);
    let source = RunSource::new(&report).expect("a start");
    let of_run =
        |kind: &'static PictureKind| (kind, kind.of.expect("of runs")(&source).expect("it has numbers"));
    let kinds = [
        &wealth_fan::KIND,
        &terminal::KIND,
        &drawdown::KIND,
        &gain_profile::KIND,
        &loop_fan::KIND,
        &holdings::KIND,
    ];
    let samples = [
        (&crash_correlation::KIND, samples::crash_correlation(4).spec()),
        (&crash_anatomy::KIND, crashes::spec(&crashes::ordinary())),
        (&comparison::KIND, comparisons::ordinary().spec_of_differences().expect("measures")),
    ];
    for (kind, chart) in kinds.map(of_run).into_iter().chain(samples) {
        insta::assert_snapshot!(kind.id, chart.picture(kind.id, kind.title, &stamp(), WIDTH).to_svg());
    }
}

#[test]
fn each_line_of_a_chart_has_its_own_color() {
    use crate::chart::Ink;
    let told_apart = |mut inks: [Ink; 2]| {
        super::tell_apart(inks.iter_mut());
        inks
    };
    assert_eq!(told_apart([Ink::Gold, Ink::Blue]), [Ink::Gold, Ink::Blue]);
    let [a, b] = told_apart([Ink::Blue; 2]);
    assert_ne!(a, b);
}
