use super::*;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};
use tempfile::TempDir;

impl Cache {
    /// Returns the cache changed so that it also keeps parts of runs that are cheap to simulate.
    pub fn keeping_all(self) -> Self {
        Self { least_cost: 0, ..self }
    }
}

/// A cache in its own temporary folder, and the messages that it printed.
struct Fixture {
    folder: TempDir,
    notes: Arc<Mutex<Vec<String>>>,
}

impl Fixture {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), notes: Arc::default() }
    }

    fn open(&self, most: u64) -> Cache {
        let notes = Arc::clone(&self.notes);
        let note = move |text: &str| notes.lock().unwrap().push(text.to_owned());
        Cache::open(self.folder.path(), most, note).unwrap()
    }

    fn files(&self, kind: EntryKind) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.folder.path().join(folder_of(kind))).unwrap();
        let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files
    }

    fn notes(&self) -> Vec<String> {
        self.notes.lock().unwrap().drain(..).collect()
    }
}

/// A fixture, its cache, and the key of a result that the cache holds.
fn with_one() -> (Fixture, Cache, EntryKey) {
    let fixture = Fixture::new();
    let cache = fixture.open(SIZE);
    let key = key(&cache, "one");
    cache.keep(EntryKind::Result, &key, b"a result");
    (fixture, cache, key)
}

fn key(cache: &Cache, name: &str) -> EntryKey {
    EntryKey::of(EntryKind::Result, [cache.program(), name])
}

fn hex(key: &EntryKey) -> String {
    blake3::Hash::from_bytes(*key.bytes()).to_hex().to_string()
}

#[test]
fn what_is_kept_is_found_again_by_the_next_process_too() {
    let fixture = Fixture::new();
    let cache = fixture.open(SIZE);
    let (one, other) = (key(&cache, "one"), key(&cache, "other"));
    assert_eq!(cache.find(EntryKind::Result, &one), None);
    cache.keep(EntryKind::Result, &one, b"first");
    cache.keep(EntryKind::Result, &one, b"second");
    cache.keep(EntryKind::Part, &one, b"");
    for cache in [cache, fixture.open(SIZE)] {
        assert_eq!(cache.find(EntryKind::Result, &one), Some(b"second".to_vec()));
        assert_eq!(cache.find(EntryKind::Part, &one), Some(Vec::new()));
        assert_eq!(cache.find(EntryKind::Result, &other), None);
    }
    assert_eq!(fixture.notes(), [""; 0]);
    assert!(fixture.folder.path().join("CACHEDIR.TAG").is_file());
}

#[test]
fn a_damaged_entry_is_said_and_replaced() {
    let (fixture, cache, key) = with_one();
    let path = fixture.files(EntryKind::Result).pop().unwrap();
    let whole = fs::read(&path).unwrap();
    let mut damaged: Vec<Vec<u8>> = (0..whole.len()).map(|length| whole[..length].to_vec()).collect();
    for position in 0..whole.len() {
        let mut bytes = whole.clone();
        bytes[position] ^= 0x10;
        damaged.push(bytes);
    }
    damaged.push(b"something else altogether, and long enough to have a digest at its end".to_vec());
    for bytes in damaged {
        fs::write(&path, bytes).unwrap();
        assert_eq!(cache.find(EntryKind::Result, &key), None);
        let notes = fixture.notes();
        let [note] = &notes[..] else { panic!("{notes:?}") };
        let is_said = note.contains("is damaged: it") && note.ends_with("; computed again\n");
        assert!(is_said && note.contains(&hex(&key)), "{note}");
    }
    cache.keep(EntryKind::Result, &key, b"a result");
    assert_eq!(cache.find(EntryKind::Result, &key), Some(b"a result".to_vec()));
}

#[test]
fn an_entry_under_a_foreign_name_is_damaged() {
    let (fixture, cache, _) = with_one();
    let other = key(&cache, "other");
    let path = fixture.files(EntryKind::Result).pop().unwrap();
    fs::copy(&path, path.with_file_name(hex(&other) + ".result")).unwrap();
    assert_eq!(cache.find(EntryKind::Result, &other), None);
    let notes = fixture.notes().concat();
    assert!(notes.contains("it is another result"), "{notes}");
}

#[test]
fn the_entries_that_were_not_asked_for_longest_go_first() {
    let fixture = Fixture::new();
    let cache = fixture.open(10_000);
    let keys: Vec<EntryKey> = (0..12).map(|n| key(&cache, &n.to_string())).collect();
    for (n, key) in keys[..9].iter().enumerate() {
        cache.keep(EntryKind::Part, key, &[0; 1_000]);
        let file = fs::File::options().append(true).open(cache.path(EntryKind::Part, key)).unwrap();
        file.set_modified(SystemTime::now() - Duration::from_secs(1_000 - n as u64)).unwrap();
    }
    // asked for, so it is the newest now
    assert!(cache.find(EntryKind::Part, &keys[0]).is_some());
    for key in &keys[9..] {
        cache.keep(EntryKind::Part, key, &[0; 1_000]);
    }
    let gone: Vec<usize> = (0..12).filter(|n| cache.find(EntryKind::Part, &keys[*n]).is_none()).collect();
    assert_eq!(gone, [1, 2, 3]);
    // a smaller limit next time
    fixture.open(3_000);
    assert_eq!(fixture.files(EntryKind::Part).len(), 2);
}

#[test]
fn an_entry_that_would_push_out_too_much_is_not_kept() {
    let fixture = Fixture::new();
    let cache = fixture.open(10_000);
    cache.keep(EntryKind::Result, &key(&cache, "one"), &[0; 5_000]);
    assert_eq!(fixture.files(EntryKind::Result).len(), 0);
}

#[test]
fn what_a_killed_process_left_goes_and_nothing_else() {
    let (fixture, cache, key) = with_one();
    let folder = fixture.folder.path().join("results");
    let left = folder.join(format!(".{}.result.0123456789abcdef.tmp", hex(&key)));
    // another program's, that of another kind of entry, and one whose name is no random one
    let foreign = [
        ".notes.0123456789abcdef.tmp".to_owned(),
        format!(".{}.part.0123456789abcdef.tmp", hex(&key)),
        format!(".{}.result.1.tmp", hex(&key)),
    ];
    let foreign = foreign.map(|name| folder.join(name));
    for path in foreign.iter().chain([&left]) {
        fs::write(path, b"half").unwrap();
    }
    // somebody is writing
    let writing = files::share(&folder);
    fixture.open(SIZE);
    assert_eq!(left.exists(), writing.is_some());
    drop(writing);
    fixture.open(0);
    assert!(!left.exists());
    assert!(foreign.iter().all(|path| path.exists()));
    assert_eq!(cache.find(EntryKind::Result, &key), None);
}

#[test]
fn two_processes_may_use_one_folder_at_once() {
    let fixture = Fixture::new();
    let caches = [fixture.open(20_000), fixture.open(20_000)];
    std::thread::scope(|scope| {
        for cache in &caches {
            for _ in 0..2 {
                scope.spawn(move || {
                    for round in 0..200_u64 {
                        let key = key(cache, &(round % 20).to_string());
                        let bytes = vec![(round % 20) as u8; 2_000];
                        if let Some(found) = cache.find(EntryKind::Part, &key) {
                            assert_eq!(found, bytes);
                        }
                        cache.keep(EntryKind::Part, &key, &bytes);
                    }
                });
            }
        }
    });
    assert_eq!(fixture.notes(), [""; 0]);
    let files = fixture.files(EntryKind::Part);
    assert!(files.iter().all(|path| path.extension().unwrap() == "part"));
    assert!((1..=10).contains(&files.len()), "{}", files.len());
}

#[test]
fn a_folder_that_cannot_be_made_is_an_error_with_the_remedy() {
    let fixture = Fixture::new();
    let file = fixture.folder.path().join("file");
    fs::write(&file, b"").unwrap();
    let error = Cache::open(&file.join("cache"), SIZE, |_| {}).err().unwrap();
    assert!(error.to_string().contains("--no-cache"), "{error}");
}

#[test]
#[cfg(unix)]
fn a_link_in_the_folder_is_neither_read_nor_written_through() {
    use std::os::unix::fs::symlink;
    let (fixture, cache, key) = with_one();
    let path = fixture.files(EntryKind::Result).remove(0);
    let elsewhere = fixture.folder.path().join("elsewhere");
    fs::rename(&path, &elsewhere).unwrap();
    symlink(&elsewhere, &path).unwrap();
    assert_eq!(cache.find(EntryKind::Result, &key), None);
    assert!(fixture.notes()[0].contains("cannot read cache entry"));
    let before = fs::read(&elsewhere).unwrap();
    cache.keep(EntryKind::Result, &key, b"another");
    assert_eq!(cache.find(EntryKind::Result, &key), Some(b"another".to_vec()));
    assert_eq!(fs::read(&elsewhere).unwrap(), before);
    // nor is a folder below that is one
    let root = fixture.folder.path().join("second");
    let target = fixture.folder.path().join("target");
    fs::create_dir_all(&root).unwrap();
    fs::create_dir_all(&target).unwrap();
    symlink(&target, root.join("parts")).unwrap();
    let error = Cache::open(&root, SIZE, |_| {}).err().unwrap();
    assert!(error.to_string().contains("is a link, which is not followed"), "{error}");
}
