//! The folder of a command's results: charts and texts, written together.
//!
//! In: texts, sketches of charts, a screen. Out: files, all or none, and what is printed about them. Not here:
//! files of other kinds (`files`), simulating (`simulate`).

use super::files::{self, Batch};
use super::merge::Merge;
use super::{Exit, Stop, args, load, terminal};
use crate::chart::Theme;
use crate::page::{Form, Rendered};
use crate::report::screens::rendered;
use crate::report::{CHARTS, Picture, PictureKind, Sketch, painted};
use crate::study::{Lab, Task};
use std::path::{Path, PathBuf};

/// A folder for results, with options for drawing its charts.
pub(super) struct OutputFolder<'a> {
    /// Folder for the results: the output folder `out` or a folder below it.
    pub folder: PathBuf,
    pub out: &'a Path,
    pub is_dark: bool,
    pub no_charts: bool,
}

impl<'a> OutputFolder<'a> {
    pub fn of(work: &'a args::RunArguments, folder: PathBuf, no_charts: bool) -> Self {
        Self { folder, out: &work.out, is_dark: work.dark, no_charts }
    }

    pub fn of_merge(arguments: &'a Merge, folder: PathBuf) -> Self {
        let (is_dark, no_charts) = (arguments.dark, arguments.charts.no_charts);
        Self { folder, out: arguments.out(), is_dark, no_charts }
    }

    /// Errors if files cannot be written to the folder.
    pub fn probe(&self) -> Result<(), Stop> {
        files::probe(&self.folder, self.out)
    }

    /// Draws charts, with a progress bar. Empty with `--no-charts`, or if the user has asked to stop.
    pub fn drawn(&self, lab: &Lab, sketches: impl FnOnce() -> Vec<Sketch>) -> Vec<Picture> {
        let theme = if self.is_dark { Theme::Dark } else { Theme::Light };
        let sketches = if self.no_charts { Vec::new() } else { sketches() };
        let task = Task::new("charts", sketches.len() as u64, "charts");
        lab.work(task, |control| painted(sketches, theme, control.stop, control.progress)).unwrap_or_default()
    }

    /// Writes texts and charts, all or none. Deletes files of texts that are `None`, and earlier charts that
    /// are not written again. A message about an interruption then says that the files are written.
    ///
    /// Errors if the user has asked to stop, or if a file cannot be written.
    pub fn write(&self, lab: &Lab, texts: &[(&str, Option<&str>)], pictures: &[Picture]) -> Result<(), Stop> {
        if lab.is_stopped() {
            return Err(Stop::Interrupted);
        }
        let mut batch = Batch::open(&self.folder, self.out)?;
        for (name, text) in texts {
            text.map_or(Ok(()), |text| batch.add(name, text.as_bytes()))?;
        }
        for Picture { name, svg, png, .. } in pictures {
            batch.add(&format!("{name}.svg"), svg.as_bytes())?;
            batch.add(&format!("{name}.png"), png)?;
        }
        let of_kind = |kind: &PictureKind| ["svg", "png"].map(|ending| format!("{}.{ending}", kind.id));
        let without = texts.iter().filter(|(_, text)| text.is_none()).map(|(name, _)| (*name).to_owned());
        let outdated: Vec<String> = CHARTS.iter().flat_map(of_kind).chain(without).collect();
        let _writing = batch.commit(&outdated)?;
        terminal::leaves("the files of this scenario are written");
        Ok(())
    }

    /// Prints `screen` and the names of the written files. `and` stands between the endings svg and png of a chart.
    pub fn print(
        &self,
        screen: impl FnOnce(Form) -> Rendered,
        texts: &[(&str, Option<&str>)],
        pictures: &[Picture],
        and: &str,
    ) -> Result<Exit, Stop> {
        let form = terminal::form();
        let texts = texts.iter().filter(|(_, text)| text.is_some()).map(|(name, _)| (*name).to_owned());
        let drawn = pictures.iter().map(|picture| format!("{}.svg{and}.png", picture.name));
        let files: Vec<String> = texts.chain(drawn).collect();
        let facts = serde_json::json!({ "folder": load::shown(&self.folder), "files": files });
        let written = rendered("written.txt.j2", &facts, form);
        terminal::print_rendered(&screen(form).then(&written))
    }

    /// Writes the result of a study as `name`.json with its chart, and prints it; as JSON if `is_json`.
    pub fn show(
        &self,
        lab: &Lab,
        name: &str,
        json: &str,
        sketch: impl FnOnce() -> Option<Sketch>,
        screen: impl FnOnce(Form) -> Rendered,
        is_json: bool,
    ) -> Result<Exit, Stop> {
        let pictures = self.drawn(lab, || sketch().into_iter().collect());
        let file = format!("{name}.json");
        let texts = [(file.as_str(), Some(json))];
        self.write(lab, &texts, &pictures)?;
        if is_json {
            return terminal::print(json);
        }
        self.print(screen, &texts, &pictures, " and ")
    }
}
