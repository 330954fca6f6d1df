//! Ctrl-C and the signal to end, at whatever step of a command.

#![cfg(target_os = "linux")]

use crate::cli::sandbox::{ONE, Sandbox, program};
use std::io::Write;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const CRASH: &str = "[crash]\nmodels = { a = 0.5, b = 0.5 }\n";
/// After Ctrl-C a command ends so soon.
const SOON: Duration = Duration::from_millis(200);
/// A command that has not ended by now never will.
const NEVER: Duration = Duration::from_secs(30);

fn start(sandbox: &Sandbox, arguments: &[&str]) -> Child {
    let child = Command::new(program())
        .current_dir(sandbox.path(""))
        .args(arguments)
        // one never hears from the other: nothing is written to it, nothing read
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    wait_until_it_listens(child.id());
    child
}

/// Sends Ctrl-C; the exit code, if it ends, and how soon.
fn interrupt(child: &mut Child) -> (Option<i32>, Duration) {
    ended_by("-INT", child)
}

fn send(signal: &str, child: &Child) {
    let id = child.id().to_string();
    assert!(Command::new("kill").args([signal, &id]).status().is_ok_and(|status| status.success()));
}

/// The same of any signal.
fn ended_by(signal: &str, child: &mut Child) -> (Option<i32>, Duration) {
    let asked = Instant::now();
    send(signal, child);
    while asked.elapsed() < NEVER {
        if let Some(status) = child.try_wait().unwrap() {
            return (status.code(), asked.elapsed());
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    panic!("it did not end");
}

#[test]
fn a_part_that_is_stopped_leaves_nothing_but_whole_checkpoints() {
    for signal in ["-INT", "-TERM"] {
        let sandbox = Sandbox::new();
        sandbox.write("long.toml", ONE.replace("512", "1_000_000_000"));
        let mut child = start(&sandbox, &["run", "long.toml", "--part", "3/400"]);
        let (code, took) = ended_by(signal, &mut child);
        assert_eq!(code, Some(130), "{signal}");
        assert!(took < 10 * SOON, "{signal}: {took:?}");
        let left = sandbox.files();
        let is_expected =
            |name: &String| name.ends_with('/') || name == "long.toml" || name.contains(".part.checkpoint-");
        assert!(left.iter().all(is_expected), "{signal}: {left:?}");
    }
}

/// `nohup` has a terminal that is closed ignored.
#[test]
fn a_command_goes_on_without_its_terminal_if_it_was_asked_to() {
    let sandbox = Sandbox::new();
    sandbox.write("long.toml", ONE.replace("512", "1_000_000_000"));
    let mut child = Command::new("bash")
        .current_dir(sandbox.path(""))
        .args(["-c", "trap '' HUP; exec \"$0\" run long.toml --part 3/400"])
        .arg(program())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // a shell catches nothing of its own
    wait_until_it_listens(child.id());
    send("-HUP", &child);
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(child.try_wait().unwrap(), None, "it goes on");
    assert_eq!(ended_by("-TERM", &mut child).0, Some(130));
}

#[test]
fn ctrl_c_stops_a_run_and_leaves_nothing_behind() {
    let mut text = ONE.replace("512", "100_000").replace("2 years", "40 years");
    for number in 1..150 {
        text.push_str(&format!(
            "[[asset]]\nname = \"a{number}\"\nclass = \"micro-saas-fleet\"\nvalue = 1000\n"
        ));
    }
    let sandbox = Sandbox::new();
    sandbox.write("long.toml", text);
    let child = Command::new(program())
        .current_dir(sandbox.path(""))
        .args(["run", "long.toml"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    wait_until_it_listens(child.id());
    send("-INT", &child);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130));
    assert_eq!(String::from_utf8_lossy(&output.stdout), "");
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "interrupted; nothing was written for this scenario\n"
    );
    assert_eq!(sandbox.files().into_iter().collect::<Vec<_>>(), ["long.toml"]);
}

/// Steps that would not end by themselves, or not before a minute has passed.
#[test]
fn ctrl_c_is_heard_while_a_command_waits_for_others() {
    let sandbox = Sandbox::with_one();
    // more than a pipe holds
    let axis = "[[axis]]\nname = \"v\"\nkey = \"asset.saas.value\"\nvalues = ";
    let values: Vec<u32> = (1..9000).collect();
    sandbox.write("many.toml", format!("{ONE}{axis}{values:?}\n"));
    for folder in ["held/one", "held"] {
        std::fs::create_dir_all(sandbox.path(folder)).unwrap();
    }
    let locks = ["held", "held/one"].map(|folder| {
        let lock = std::fs::File::open(sandbox.path(folder)).unwrap();
        lock.lock().unwrap();
        lock
    });
    let before = sandbox.files();
    for arguments in [
        &["check", "/dev/stdin"] as &[&str],
        &["batch", "many.toml", "--list"],
        &["run", "one.toml", "--out", "held"],
        &["replay", "one.toml", "--path", "0", "--out", "held"],
        &["batch", "one.toml", "--no-cache", "--out", "held"],
    ] {
        let mut child = start(&sandbox, arguments);
        std::thread::sleep(Duration::from_millis(300));
        assert_eq!(interrupt(&mut child).0, Some(130), "{arguments:?}");
        assert_eq!(sandbox.files(), before, "{arguments:?}");
    }
    drop(locks);
}

/// Neither what it was about to say nor that it was interrupted can be said, and it ends all the same.
#[test]
fn ctrl_c_is_heard_although_nobody_reads_what_is_said() {
    let sandbox = Sandbox::with_one();
    let (unread, mut full) = std::io::pipe().unwrap();
    let own = full.try_clone().unwrap();
    // for as long as somebody could read it
    let (written, n_written) = std::sync::mpsc::channel();
    let filled = std::thread::spawn(move || {
        while full.write_all(&[b'x'; 4096]).is_ok() {
            let _ = written.send(());
        }
    });
    // until there is no room for another word
    while n_written.recv_timeout(Duration::from_millis(500)).is_ok() {}
    for arguments in
        [&["check", "none.toml"] as &[&str], &["run", "none.toml"], &["replay", "none.toml", "--worst"]]
    {
        let mut child = Command::new(program())
            .current_dir(sandbox.path(""))
            .args(arguments)
            .stdout(Stdio::null())
            .stderr(own.try_clone().unwrap())
            .spawn()
            .unwrap();
        wait_until_it_listens(child.id());
        std::thread::sleep(Duration::from_millis(100));
        assert_eq!(interrupt(&mut child).0, Some(130), "{arguments:?}");
    }
    drop((unread, own));
    filled.join().unwrap();
}

/// Whatever a command is at, paths or tables or pictures: it ends soon and leaves nothing half done. The
/// median of nine moments counts, the best of three times: a machine that does much else may be late.
#[test]
fn ctrl_c_is_heard_soon_at_every_step() {
    for arguments in
        [&["run", "it.toml", "--out", "out"] as &[&str], &["batch", "it.toml", "--no-cache", "--out", "out"]]
    {
        let medians = (0..3).map(|_| {
            let mut took: Vec<Duration> =
                (0..9).filter_map(|moment| stopped_at(arguments, 120 * moment)).collect();
            assert!(!took.is_empty(), "none was interrupted");
            took.sort();
            took[took.len() / 2]
        });
        let medians: Vec<Duration> = medians
            .scan(false, |is_soon, median| (!std::mem::replace(is_soon, median < SOON)).then_some(median))
            .collect();
        assert!(medians.iter().any(|median| *median < SOON), "{medians:?}");
    }
}

/// How soon a command ends that is interrupted after so many milliseconds; nothing if it was done.
fn stopped_at(arguments: &[&str], moment: u64) -> Option<Duration> {
    let sandbox = Sandbox::new();
    sandbox.write("it.toml", format!("{ONE}{CRASH}").replace("512", "20_000"));
    let mut child = start(&sandbox, arguments);
    std::thread::sleep(Duration::from_millis(moment));
    let (code, took) = interrupt(&mut child);
    let left = sandbox.files();
    let name = |file: &&String| file.ends_with(".tmp");
    assert_eq!(left.iter().find(name), None, "{left:?}");
    match (code, arguments[0]) {
        (Some(130), "run") => {
            let is_whole = left.iter().any(|file| file.ends_with("report.json"));
            assert!(is_whole || left.len() == 1, "{left:?}");
        }
        (Some(130), _) => {}
        // a gate may be undecided
        (code, _) => assert!(matches!(code, Some(0 | 1)), "{code:?}"),
    }
    (code == Some(130)).then_some(took)
}

/// Waits until the process `id` catches the interrupt signal (number 2).
fn wait_until_it_listens(id: u32) {
    for _ in 0..2000 {
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap();
        let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:"));
        let caught = u64::from_str_radix(caught.unwrap().trim(), 16).unwrap();
        if caught & 2 != 0 {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    panic!("it never listened");
}
