//! `compare` of one path, and of so few that no verdict can come of them.

use super::sandbox;

#[test]
fn of_one_path_one_figure_of_a_quantity_is_told_as_its_own_run_does_and_nothing_is_judged() {
    let sandbox = sandbox();
    let arguments = ["compare", "base.toml", "new.toml", "--paths", "1"];
    let found = sandbox.run(&[&arguments[..], &["--set", "run.seed=5"]].concat());
    let screen = found.done();
    for word in ["1 in 20", "middle", "mean", "judged:", "?", "±"] {
        assert!(!screen.contains(word), "{word}\n{screen}");
    }
    let said = screen.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        said.contains("so nothing is judged; --paths simulates more."),
        "{screen}"
    );
    for (file, column) in [("base.toml", 0), ("new.toml", 1)] {
        let alone = ["run", file, "--paths", "1", "--seed", "5", "--no-charts"];
        let alone = sandbox.run(&alone).done();
        for (label, of_run) in [
            ("wealth", "wealth at the end"),
            ("maximum drawdown", "maximum drawdown"),
            ("loss", "Probability of loss"),
        ] {
            let after = |screen: &str, label: &str| {
                let row = format!("\n  {label}  ");
                let (_, rest) = screen.split_once(&row).expect("a row");
                let line = rest.lines().next().expect("a line");
                let cells = line.split("  ").map(str::trim);
                let cells = cells.filter(|cell| !cell.is_empty());
                cells.map(str::to_owned).collect::<Vec<_>>()
            };
            assert_eq!(
                after(&screen, label)[column],
                after(&alone, of_run)[0],
                "{screen}\n{alone}"
            );
        }
    }
}

#[test]
fn so_few_paths_that_none_could_fail_are_refused_before_they_are_simulated() {
    let sandbox = sandbox();
    let compare = |paths: &str, what: &str| {
        let files = [
            "compare",
            "base.toml",
            "new.toml",
            "--no-charts",
            "--no-why",
        ];
        sandbox.run(&[&files[..], &["--paths", paths, "--fail-on", what]].concat())
    };
    for (paths, counted) in [("1", "1 path"), ("8", "8 paths")] {
        for what in ["worse", "different"] {
            let refused = compare(paths, what).failed();
            for part in [
                counted,
                "9 are the fewest",
                "--paths 10000",
                "--fail-on any",
            ] {
                assert!(refused.contains(part), "{part}: {refused}");
            }
        }
    }
    assert!(!sandbox.path("output").exists(), "nothing was written");
    compare("9", "worse").done();
    // so few are enough where every path is worse
    let house = |roi: &str| {
        let head = "start = \"2027-01\"\nhorizon = \"5 years\"\ncurrency = \"USD\"\nrun.seed = 5";
        let asset = "name = \"house\"\nclass = \"tokenized-real-estate\"\nvalue = 1";
        format!("{head}\n[[asset]]\n{asset}\nroi = {roi}\n")
    };
    sandbox.write("base.toml", house("0.3"));
    sandbox.write("new.toml", house("-0.6"));
    assert_eq!(compare("9", "worse").code, Some(1));
    assert_eq!(compare("9", "different").code, Some(1));
    // bits need no error
    assert_eq!(compare("1", "any").code, Some(1));
}
