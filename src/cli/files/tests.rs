use super::*;
use std::collections::BTreeSet;
use tempfile::TempDir;

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name()).map(|name| name.to_string_lossy().into_owned()).collect()
}

fn set<const N: usize>(names: [&str; N]) -> BTreeSet<String> {
    names.map(str::to_owned).into()
}

fn filled(folder: &Path, names: &[&str]) -> Batch {
    let mut batch = Batch::open(folder, folder).unwrap();
    for name in names {
        batch.add(name, name.as_bytes()).unwrap();
    }
    batch
}

const LEFT: &str = ".report.json.0123456789abcdef.tmp";

#[test]
fn files_of_a_run_take_the_place_of_all_those_before_and_of_no_other() {
    let folder = TempDir::new().unwrap();
    let folder = folder.path();
    filled(folder, &["report.json", "a.svg", "b.svg"]).commit(&[]).unwrap();
    for mine in ["notes.txt", LEFT] {
        fs::write(folder.join(mine), b"mine").unwrap();
    }
    let outdated = ["a.svg", "b.svg", "c.svg"].map(str::to_owned);
    let batch = filled(folder, &["report.json", "a.svg"]);
    // what a killed process left goes, and so far nothing else
    assert!(!folder.join(LEFT).exists() && folder.join("b.svg").exists());
    batch.commit(&outdated).unwrap();
    assert_eq!(names(folder), set(["a.svg", "notes.txt", "report.json"]));
}

#[test]
fn what_is_given_up_leaves_what_was_there() {
    let out = TempDir::new().unwrap();
    let folder = out.path().join("a/b");
    drop(filled(&folder, &["report.json"]));
    assert_eq!(names(out.path()), BTreeSet::new());
    filled(&folder, &["report.json"]).commit(&[]).unwrap();
    // a folder stands where a file should
    fs::create_dir(folder.join("a.svg")).unwrap();
    let refused = filled(&folder, &["report.json", "a.svg"]).commit(&[]);
    assert!(refused.unwrap_err().to_string().ends_with("a.svg: it is a folder"));
    assert_eq!(names(&folder), set(["a.svg", "report.json"]));
}

#[test]
fn many_writers_of_one_folder_come_one_after_the_other() {
    let out = TempDir::new().unwrap();
    let folder = out.path().join("deep/er");
    let write = |text: &str| {
        for _ in 0..25 {
            probe(&folder, out.path()).unwrap();
            let mut batch = Batch::open(&folder, out.path()).unwrap();
            for name in ["report.json", "a.svg", "b.svg"] {
                batch.add(name, text.as_bytes()).unwrap();
            }
            batch.commit(&[]).unwrap();
        }
    };
    std::thread::scope(|scope| {
        for text in ["one", "two", "three", "four"] {
            scope.spawn(move || write(text));
        }
    });
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    assert_eq!(names(&folder), set(["a.svg", "b.svg", "report.json"]));
    assert_eq!([read("a.svg"), read("b.svg")], [read("report.json"), read("report.json")]);
}

#[test]
#[cfg(unix)]
fn no_link_below_the_folder_of_outputs_leads_out_of_it() {
    use std::os::unix::fs::symlink;
    let root = TempDir::new().unwrap();
    let target = root.path().join("target");
    let out = root.path().join("out");
    for folder in [&target, &out] {
        fs::create_dir(folder).unwrap();
    }
    fs::write(target.join("secret"), b"kept").unwrap();
    symlink(&target, out.join("stem")).unwrap();
    for folder in [out.join("stem"), out.join("stem/replay-1")] {
        let refused = Batch::open(&folder, &out).err().unwrap();
        assert!(refused.to_string().contains("stem is a link, which is not followed"), "{refused}");
    }
    // a folder of outputs with a path of its own may be a link
    symlink(&out, root.path().join("link")).unwrap();
    let link = root.path().join("link");
    let link = link.as_path();
    drop(Batch::open(&link.join("other"), link).unwrap());
    // links in place of files are replaced
    let folder = out.join("run");
    fs::create_dir(&folder).unwrap();
    for name in ["report.json", "a.svg", "gone.svg"] {
        symlink(target.join("secret"), folder.join(name)).unwrap();
    }
    symlink(target.join("new"), folder.join("b.svg")).unwrap();
    filled(&folder, &["report.json", "a.svg", "b.svg"]).commit(&["gone.svg".to_owned()]).unwrap();
    write(&folder.join("alone.json"), b"whole").unwrap();
    symlink(target.join("secret"), folder.join("alone.md")).unwrap();
    write(&folder.join("alone.md"), b"whole").unwrap();
    assert_eq!(fs::read(target.join("secret")).unwrap(), b"kept");
    assert_eq!(names(&target), set(["secret"]));
    assert_eq!(fs::read(folder.join("alone.md")).unwrap(), b"whole");
}

#[test]
fn a_relative_folder_of_outputs_may_not_be_a_link() {
    let is_refused = |path: &str| refuse_links(Path::new(path), Path::new(path)).is_err();
    assert!(!is_refused("src") && !is_refused("src/not/there") && !is_refused("."));
    assert!(!is_refused("/proc/self"), "it has a path of its own");
}

#[test]
fn a_name_of_a_temporary_file_is_never_the_same() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("report.json");
    let written: Vec<Temporary> = (0..50).map(|_| Temporary::write(&path, b"x", false).unwrap()).collect();
    assert_eq!(names(folder.path()).len(), 50);
    drop(written);
    assert_eq!(names(folder.path()).len(), 0);
}

#[test]
#[cfg(unix)]
fn what_is_read_is_a_plain_file_of_bearable_size() {
    let folder = TempDir::new().unwrap();
    let (file, link) = (folder.path().join("file"), folder.path().join("link"));
    fs::write(&file, b"12345").unwrap();
    std::os::unix::fs::symlink(&file, &link).unwrap();
    assert_eq!(read_plain(&file, 5).unwrap(), b"12345");
    assert_eq!(read_bounded(&link, 5).unwrap(), b"12345");
    assert!(read_plain(&link, 5).is_err() && read_plain(&file, 4).is_err());
    assert!(read_bounded(Path::new("/dev/zero"), 5).is_err());
    assert!(read_bounded(folder.path(), 5).is_err());
}
