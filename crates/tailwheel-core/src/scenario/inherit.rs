//! Merges a file with the files it extends into one document.
//!
//! In: paths, through a [`Loader`]. Out: the merged tree. Not here: the rules of merging (`form::merge`), the
//! meaning of keys (`read`).

use crate::form::{
    self, Data, Diagnostic, Faults, Field, Parameter, Place, Shape, SourceMap, Table, TextId, Unit, Value,
    drop_entries, fault, merge, written,
};

const MAX_DEPTH: usize = 16;

/// Reason why a [`Loader`] cannot read a file, as the end of a message: "it is a folder".
#[derive(Clone, Debug)]
pub struct LoadError(pub String);

impl From<&str> for LoadError {
    fn from(reason: &str) -> Self {
        Self(reason.to_owned())
    }
}

/// Reads files for a scenario. The library itself has no access to files.
pub trait Loader {
    /// Returns the bytes of the file at `path`, or the reason why it cannot be read.
    ///
    /// `path` has `/` between folders and never `..`. The loader must refuse links that lead out of the
    /// folder.
    fn load(&self, path: &str) -> Result<Vec<u8>, LoadError>;

    /// Returns the folder that paths in `extends` of the file at `path` start from, with a final `/`; empty
    /// for the working directory.
    fn folder_of<'p>(&self, path: &'p str) -> &'p str {
        above(path)
    }

    /// Memory limit in bytes for all scenarios of a file; `None` if unknown.
    fn room(&self) -> Option<u64> {
        None
    }
}

impl<F: Fn(&str) -> Result<Vec<u8>, LoadError>> Loader for F {
    fn load(&self, path: &str) -> Result<Vec<u8>, LoadError> {
        self(path)
    }
}

/// Returns the folder part of a path with its final `/`; empty for a file of the working directory.
pub fn above(path: &str) -> &str {
    path.rfind('/').map_or("", |at| &path[..=at])
}

/// List of key paths to remove from a document, such as `["asset.defi", "correlation.pairs"]`.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct PathList(Vec<Value>);

impl Parameter for PathList {
    const UNIT: Unit = Unit {
        name: "list of keys",
        examples: &["[\"asset.defi\"]"],
        shape: Shape::List(&Shape::Text(""), 0, 10_000),
    };

    fn read(value: &Value, _: &Field, faults: &mut Faults) -> Option<Self> {
        Self::of(value, faults)
    }
}

impl PathList {
    fn of(value: &Value, faults: &mut Faults) -> Option<Self> {
        let texts = match &value.data {
            Data::List(items) if items.iter().all(|item| item.as_text().is_some()) => items,
            _ => {
                let fault = Diagnostic::of_sort("`drop` is a list of texts", value);
                return faults.refuse(match value.as_text() {
                    Some(_) => fault.replace(value.place, format!("[{}]", written(value))),
                    None => fault.note("such as", "drop = [\"asset.defi\"]"),
                });
            }
        };
        Some(Self(texts.clone()))
    }

    /// Returns the table `{ drop = […] }` with these keys: assigned to a scenario, it removes them.
    pub fn into_set(self) -> Table {
        let mut set = Table::default();
        set.push("drop", Value::list(self.0));
        set
    }
}

/// Removes the key `drop` and the keys that it lists. Refuses `extends`, which no assignment can change.
pub fn take_dropped(document: &mut Table, faults: &mut Faults) {
    if let Some(extends) = document.remove("extends") {
        fault!(faults, "set", "--set cannot change `extends`"; extends.place => "has no effect here";
            help: "write `extends` in the file");
    }
    let drop = document.remove("drop");
    if let Some(list) = drop.and_then(|drop| PathList::of(&drop.value, faults)) {
        drop_entries(document, &list.0, faults);
    }
}

/// Reads a file and those that it extends. `chain` lists the files that led here, to find cycles.
pub struct Inheritance<'a> {
    pub loader: &'a dyn Loader,
    pub sources: &'a mut SourceMap,
    pub faults: &'a mut Faults,
    chain: Vec<String>,
}

impl<'a> Inheritance<'a> {
    pub fn new(loader: &'a dyn Loader, sources: &'a mut SourceMap, faults: &'a mut Faults) -> Self {
        Self { loader, sources, faults, chain: Vec::new() }
    }

    /// Returns the document at `path`, merged over those it extends. `asked` is where a file names `path`.
    pub fn document(&mut self, path: &str, asked: Option<Place>) -> Table {
        let bytes = match self.loader.load(path) {
            Ok(bytes) => bytes,
            Err(LoadError(reason)) => {
                self.faults.push(match asked {
                    Some(_) => fault!("file", "{path}: {reason}"; asked => "named here"),
                    // `Diagnostic::title` adds the path of the scenario itself
                    None => fault!("file", "{reason}"),
                });
                return Table::default();
            }
        };
        let n_faults = self.faults.len();
        let text = self.add_text(path, bytes);
        if self.faults.len() > n_faults {
            // Text that is not UTF-8 would only cause misleading syntax errors.
            return Table::default();
        }
        let mut document = form::parse(self.sources, text, self.faults);
        self.chain.push(path.to_owned());
        let base = self.base_of(&mut document, path);
        self.chain.pop();
        match base {
            Some(base) => merge(base, document),
            None => document,
        }
    }

    fn add_text(&mut self, path: &str, bytes: Vec<u8>) -> TextId {
        let (text, broken) = match String::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some(at))
            }
        };
        let id = self.sources.add(path, text);
        if let Some(start) = broken {
            let place = Place { text: id, start, end: start + '\u{fffd}'.len_utf8() };
            fault!(self.faults, "encoding", "this file is not UTF-8 text"; place => "the first invalid byte";
                rule: "a scenario is a TOML file, and TOML is UTF-8");
        }
        id
    }

    /// Removes `extends` and `drop`; returns the extended document without dropped keys, `None` without one.
    fn base_of(&mut self, document: &mut Table, path: &str) -> Option<Table> {
        let drop = document.remove("drop");
        let Some(extends) = document.remove("extends") else {
            if let Some(drop) = drop {
                fault!(self.faults, "drop", "`drop` needs a file that this one extends";
                    drop.place => "`extends` is missing"; such_as: "extends = \"base.toml\"");
            }
            return None;
        };
        let base_path = self.base_path(&extends.value, path)?;
        let n_faults = self.faults.len();
        let mut base = self.document(&base_path, extends.value.place);
        let is_read = self.faults.len() == n_faults;
        if let Some(drop) = drop {
            let dropped = PathList::of(&drop.value, self.faults)?;
            // The keys of an unreadable base are unknown, so `drop` cannot be checked.
            if is_read {
                drop_entries(&mut base, &dropped.0, self.faults);
            }
        }
        Some(base)
    }

    /// Returns the path of the file that `extends` names, from the working directory; `None` after a fault.
    fn base_path(&mut self, extends: &Value, path: &str) -> Option<String> {
        let place = extends.place;
        let Some(relative) = extends.as_text() else {
            fault!(self.faults, "extends", "`extends` is the path of a file"; place => "this is {}", extends.sort();
                such_as: "extends = \"base.toml\"");
            return None;
        };
        let Some(relative) = inside(relative) else {
            fault!(self.faults, "extends", "this path leaves the folder of its file";
                place => "must stay in the folder";
                rule: "a path leads to the same folder or below. It has no `..`, no leading `/` and no drive");
            return None;
        };
        let base = format!("{}{relative}", self.loader.folder_of(path));
        if let Some(first) = self.chain.iter().position(|link| *link == base) {
            let circle = [&self.chain[first..], &[base]].concat().join(" -> ");
            fault!(self.faults, "extends", "these files extend each other in a circle";
                place => "the circle closes here"; circle: "{circle}");
            return None;
        }
        if self.chain.len() >= MAX_DEPTH {
            fault!(self.faults, "extends", "this chain of files is too long"; place => "one too many";
                rule: "at most {MAX_DEPTH} files extend each other");
            return None;
        }
        Some(base)
    }
}

/// Returns `path` without `.` and empty steps; `None` if it is not relative or leaves its folder.
fn inside(path: &str) -> Option<String> {
    let has_drive = path.as_bytes().get(1) == Some(&b':');
    if path.is_empty()
        || path.starts_with('/')
        || path.contains(|c: char| c == '\\' || c.is_control())
        || has_drive
    {
        return None;
    }
    let mut steps = Vec::new();
    for step in path.split('/') {
        match step {
            ".." => return None,
            "" | "." => {}
            step => steps.push(step),
        }
    }
    (!steps.is_empty()).then(|| steps.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leaves_the_folder_of_its_file() {
        for path in ["../a.toml", "a/../../b.toml", "/etc/a.toml", "C:\\a", "c:a", "a\\b", "", ".", "a\0"] {
            assert_eq!(inside(path), None, "{path}");
        }
        assert_eq!(inside("./a//b.toml").as_deref(), Some("a/b.toml"));
    }
}
