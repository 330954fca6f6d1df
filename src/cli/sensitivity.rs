//! `sensitivity`: what moves the answer.

use super::{Exit, args, files, finish, load, simulate, terminal};
use crate::figure::counted;
use crate::report::SensitivityReport;
use crate::study::{Runs, Workload};
use std::time::{Duration, Instant};

/// Moves every assumption of the scenario.
pub(super) fn run(arguments: &args::Sensitivity) -> Result<Exit, Exit> {
    let work = &arguments.work;
    let loaded = load::one(&arguments.scenario, &work.edits)?;
    let folder = loaded.folder(&work.out)?.join("sensitivity");
    files::probe(&folder, &work.out)?;
    let lab = simulate::lab_of_one(work.threads)?;
    let case = &loaded.study.as_written;
    let begun = Instant::now();
    let announce = |work: &Workload| {
        if work.last.n > 0 {
            terminal::say(&announcement(work, begun.elapsed()));
        }
    };
    let report = SensitivityReport::new(&case.scenario, lab.sensitivity(case, announce)?);
    let draw = || report.picture(finish::theme(work.dark), lab.stop);
    let picture = simulate::drawn(&lab, draw);
    let json = report.to_json();
    let texts = [("sensitivity.json", Some(json.as_str()))];
    simulate::write(&lab, (&folder, &work.out), &texts, picture.as_slice())?;
    if arguments.json {
        return Ok(terminal::print(&json));
    }
    let drawn = match picture {
        Some(_) => "  tornado.svg and .png",
        None => "",
    };
    let footer = format!("\n{}/\n  sensitivity.json{drawn}\n", folder.display());
    Ok(terminal::print(
        &(report.to_text(terminal::width()) + &footer),
    ))
}

/// `152 runs of 2,048 paths, then 40 runs of 20,000 paths: about 45 seconds`, if one run of the scenario as it is `took`
/// so long.
fn announcement(work: &Workload, took: Duration) -> String {
    let runs = |runs: &Runs| {
        let [n, paths] = [(runs.n, "run"), (runs.paths, "path")];
        format!(
            "{} of {}",
            counted(n.0 as usize, n.1),
            counted(paths.0 as usize, paths.1)
        )
    };
    let interim = work.interim.as_ref();
    let interim = interim.map_or_else(String::new, |interim| format!("{}, then ", runs(interim)));
    let seconds = took.mul_f64(work.in_runs()).as_secs();
    let time = match seconds {
        0 => "less than a second".to_owned(),
        1..120 => format!("about {}", counted(seconds as usize, "second")),
        _ => format!("about {}", counted((seconds / 60) as usize, "minute")),
    };
    format!("{interim}{}: {time}\n", runs(&work.last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_that_is_announced_is_that_of_one_run_times_their_number() {
        let work = Workload {
            paths: 20_480,
            interim: Some(Runs {
                n: 150,
                paths: 2_048,
            }),
            last: Runs {
                n: 40,
                paths: 20_480,
            },
        };
        // 150 tenths of a run, then 40 without the tenth that is there
        let said = announcement(&work, Duration::from_secs(2));
        assert_eq!(
            said,
            "150 runs of 2,048 paths, then 40 runs of 20,480 paths: about 102 seconds\n"
        );
        let few = Workload {
            paths: 33,
            interim: None,
            last: Runs { n: 2, paths: 33 },
        };
        let said = announcement(&few, Duration::from_millis(400));
        assert_eq!(said, "2 runs of 33 paths: less than a second\n");
        let said = announcement(&few, Duration::from_secs(80));
        assert_eq!(said, "2 runs of 33 paths: about 2 minutes\n");
    }
}
