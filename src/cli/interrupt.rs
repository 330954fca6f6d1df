//! Ctrl-C and the signal to end: whatever is going on, the program ends within a fifth of a second and leaves nothing half done.
//!
//! In: the signal. Out: a flag for whoever computes; the end of the process. Not here: what is written
//! (`files`), who looks at the flag (`engine`, `chart`).
//!
//! Those who look end in order. Whatever does not look in time, be it a table, a file that is read or a
//! reader of the screen that has stopped reading, is left where it is. Only files that are being written
//! are waited for: whoever makes one holds [`writing`] until it is whole or gone, and never while waiting
//! for anybody else.

use super::{Exit, terminal};
#[cfg(unix)]
use nix::sys::signal::{SigSet, Signal};
use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError, RwLock, RwLockReadGuard};
use std::thread;
use std::time::{Duration, Instant};

/// How long those who look may take to end in order; with what follows it is a fifth of a second.
const PATIENCE: Duration = Duration::from_millis(50);
/// How soon it is asked again whether files are being written.
const PAUSE: Duration = Duration::from_millis(2);

static ASKED: AtomicBool = AtomicBool::new(false);
/// Shared by those who write; taken alone at the end, so that nobody begins to write any more.
static WRITING: RwLock<()> = RwLock::new(());
static LEFT: Mutex<&str> = Mutex::new("");

/// While it is there, the process does not end by Ctrl-C.
pub(super) type Writing = RwLockReadGuard<'static, ()>;

/// Hears Ctrl-C, and the signal to end, from now on.
pub(super) fn listen() -> Result<(), Exit> {
    let cannot = |error: String| terminal::fail(&format!("cannot listen for Ctrl-C: {error}"));
    // first: a thread that is there already would not keep the signal from itself
    listen_for_end().map_err(|error| cannot(error.to_string()))?;
    ctrlc::set_handler(|| end()).map_err(|error| cannot(error.to_string()))
}

/// Hears what `kill`, containers and clusters send to a process that is to end (SIGTERM). It is kept from all threads
/// but one, which waits for it. The end of a terminal (SIGHUP) stays what it was, so that `nohup` works.
#[cfg(unix)]
fn listen_for_end() -> std::io::Result<()> {
    let mut signals = SigSet::empty();
    signals.add(Signal::SIGTERM);
    signals.thread_block()?;
    let wait = move || {
        if signals.wait().is_ok() {
            end();
        }
    };
    thread::Builder::new().spawn(wait).map(drop)
}

#[cfg(not(unix))]
fn listen_for_end() -> std::io::Result<()> {
    Ok(())
}

/// Ends the process: in order those who look, then everything else.
fn end() -> ! {
    ASKED.store(true, Ordering::Relaxed);
    thread::sleep(PATIENCE);
    loop {
        if let Ok(_alone) = WRITING.try_write() {
            // whoever reads what is said may have stopped reading
            let said = thread::spawn(interrupted);
            let begun = Instant::now();
            while !said.is_finished() && begun.elapsed() < PATIENCE {
                thread::sleep(PAUSE);
            }
            process::exit(i32::from(Exit::Interrupted as u8));
        }
        thread::sleep(PAUSE);
    }
}

/// Set once the user has asked to stop.
pub(super) fn asked() -> &'static AtomicBool {
    &ASKED
}

/// To be held from before a file is made until it has its name or is gone.
pub(super) fn writing() -> Writing {
    WRITING.read().unwrap_or_else(PoisonError::into_inner)
}

/// From now on this is said of what an interruption leaves, or a screen that cannot be printed.
pub(super) fn leaves(what: &'static str) {
    *LEFT.lock().unwrap_or_else(PoisonError::into_inner) = what;
}

/// The files that are there if the program ends now; empty if it writes none.
pub(super) fn left() -> &'static str {
    *LEFT.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Says why a command could not be carried out, unless it is that the user stopped it.
pub(super) fn or_fail(message: &str) -> Exit {
    match ASKED.load(Ordering::Relaxed) {
        true => interrupted(),
        false => terminal::fail(message),
    }
}

/// Says once that the user stopped the program; it may be noticed in several places.
pub(super) fn interrupted() -> Exit {
    static SAID: AtomicBool = AtomicBool::new(false);
    if !SAID.swap(true, Ordering::Relaxed) {
        let left = left();
        let colon = if left.is_empty() { "" } else { "; " };
        terminal::say(&format!("interrupted{colon}{left}\n"));
    }
    Exit::Interrupted
}
