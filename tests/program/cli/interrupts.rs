//! Ctrl-C and the signal to end, at whatever step of a command.

#![cfg(target_os = "linux")]

use crate::cli::sandbox::{ONE, Sandbox, program};
use std::io::Write;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

const CRASH: &str = "[crash]\nmodels = { a = 0.5, b = 0.5 }\n";
/// After Ctrl-C a command ends so soon.
const SOON: Duration = Duration::from_millis(200);
/// A command that has not ended by now never will.
const NEVER: Duration = Duration::from_secs(30);

/// Starts a command that nothing is written to and nothing read from, and waits until it listens.
fn start(sandbox: &Sandbox, arguments: &str) -> Child {
    let mut command = sandbox.process(arguments);
    listening(command.stdin(Stdio::piped()).stderr(Stdio::null()))
}

/// Starts a command and waits until it catches the interrupt signal (number 2).
fn listening(command: &mut Command) -> Child {
    let child = command.spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let listens = |_| {
        sleep(Duration::from_millis(5));
        let status = std::fs::read_to_string(&status).unwrap();
        let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:"));
        u64::from_str_radix(caught.unwrap().trim(), 16).unwrap() & 2 != 0
    };
    assert!((0..2000).any(listens), "it never listened");
    child
}

/// A run that would take hours.
fn endless() -> Sandbox {
    Sandbox::with("long.toml", ONE.replace("512", "1_000_000_000"))
}

fn send(signal: &str, child: &Child) {
    let id = child.id().to_string();
    assert!(Command::new("kill").args([signal, &id]).status().is_ok_and(|status| status.success()));
}

/// Sends a signal; the exit code, if it ends, and how soon.
fn ended_by(signal: &str, child: &mut Child) -> (Option<i32>, Duration) {
    let asked = Instant::now();
    send(signal, child);
    while asked.elapsed() < NEVER {
        if let Some(status) = child.try_wait().unwrap() {
            return (status.code(), asked.elapsed());
        }
        sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    panic!("it did not end");
}

#[test]
fn a_part_that_is_stopped_leaves_nothing_but_whole_checkpoints() {
    for signal in ["-INT", "-TERM"] {
        let sandbox = endless();
        let mut child = start(&sandbox, "run long.toml --part 3/400");
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
    let sandbox = endless();
    let mut shell = Command::new("bash");
    shell.current_dir(sandbox.path("")).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    // a shell catches nothing of its own
    let ignoring = "trap '' HUP; exec \"$0\" run long.toml --part 3/400";
    let mut child = listening(shell.args(["-c", ignoring]).arg(program()));
    send("-HUP", &child);
    sleep(Duration::from_millis(300));
    assert_eq!(child.try_wait().unwrap(), None, "it goes on");
    assert_eq!(ended_by("-TERM", &mut child).0, Some(130));
}

#[test]
fn ctrl_c_stops_a_run_and_leaves_nothing_behind() {
    let mut text = ONE.replace("512", "100_000").replace("2 years", "40 years");
    for number in 1..150 {
        text += &format!("[[asset]]\nname = \"a{number}\"\nclass = \"micro-saas-fleet\"\nvalue = 1000\n");
    }
    let sandbox = Sandbox::with("long.toml", text);
    let child = listening(&mut sandbox.process("run long.toml"));
    send("-INT", &child);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130));
    let [out, err] = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text));
    assert_eq!([out, err], ["", "interrupted; nothing was written for this scenario\n"]);
    assert_eq!(sandbox.files().len(), 1, "{:?}", sandbox.files());
}

/// Steps that would not end by themselves, or not before a minute has passed.
#[test]
fn ctrl_c_is_heard_while_a_command_waits_for_others() {
    let sandbox = Sandbox::with_one();
    // more than a pipe holds
    let axis = "[[axis]]\nname = \"v\"\nkey = \"asset.saas.value\"\nvalues = ";
    let values: Vec<u32> = (1..9000).collect();
    sandbox.write("many.toml", format!("{ONE}{axis}{values:?}\n"));
    std::fs::create_dir_all(sandbox.path("held/one")).unwrap();
    let locks = ["held", "held/one"].map(|folder| {
        let lock = std::fs::File::open(sandbox.path(folder)).unwrap();
        lock.lock().unwrap();
        lock
    });
    let before = sandbox.files();
    for arguments in [
        "check /dev/stdin",
        "batch many.toml --list",
        "run one.toml --out held",
        "replay one.toml --path 0 --out held",
        "batch one.toml --no-cache --out held",
    ] {
        let mut child = start(&sandbox, arguments);
        sleep(Duration::from_millis(300));
        assert_eq!(ended_by("-INT", &mut child).0, Some(130), "{arguments}");
        assert_eq!(sandbox.files(), before, "{arguments}");
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
    for arguments in ["check none.toml", "run none.toml", "replay none.toml --worst"] {
        let mut command = sandbox.process(arguments);
        let mut child = listening(command.stdout(Stdio::null()).stderr(own.try_clone().unwrap()));
        sleep(Duration::from_millis(100));
        assert_eq!(ended_by("-INT", &mut child).0, Some(130), "{arguments}");
    }
    drop((unread, own));
    filled.join().unwrap();
}

/// Whatever a command is at, paths or tables or pictures: it ends soon and leaves nothing half done. The
/// median of nine moments counts, the best of three times: a machine that does much else may be late.
#[test]
fn ctrl_c_is_heard_soon_at_every_step() {
    for arguments in ["run it.toml --out out", "batch it.toml --no-cache --out out"] {
        let median = || {
            let mut took: Vec<Duration> =
                (0..9).filter_map(|moment| stopped_at(arguments, 120 * moment)).collect();
            assert!(!took.is_empty(), "none was interrupted");
            took.sort();
            took[took.len() / 2]
        };
        assert!((0..3).any(|_| median() < SOON), "{arguments}");
    }
}

/// How soon a command ends that is interrupted after so many milliseconds; nothing if it was done.
fn stopped_at(arguments: &str, moment: u64) -> Option<Duration> {
    let sandbox = Sandbox::with("it.toml", format!("{ONE}{CRASH}").replace("512", "20_000"));
    let mut child = start(&sandbox, arguments);
    sleep(Duration::from_millis(moment));
    let (code, took) = ended_by("-INT", &mut child);
    let left = sandbox.files();
    let has = |ending: &str| left.iter().any(|file| file.ends_with(ending));
    assert!(!has(".tmp"), "{left:?}");
    let is_interrupted = code == Some(130);
    // a gate may be undecided
    assert!(is_interrupted || matches!(code, Some(0 | 1)), "{code:?}");
    let is_run = is_interrupted && arguments.starts_with("run");
    assert!(!is_run || has("report.json") || left.len() == 1, "{left:?}");
    is_interrupted.then_some(took)
}
