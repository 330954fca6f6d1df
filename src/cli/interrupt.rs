//! Ctrl-C and SIGTERM: the program ends within a fifth of a second and leaves no incomplete file.
//!
//! In: the signal. Out: a flag that stops computations; the end of the process. Not here: writing files
//! (`files`), checking the flag (`engine`, `chart`).
//!
//! Computations that check the flag end in order. Anything else is abandoned, such as a table being built, a
//! file being read, or a print that nobody reads. Only files that are being written are waited for: a writer
//! holds [`writing`] until its file is complete or deleted, and never while it waits for something else.

use super::{Exit, Stop, stop, terminal};
#[cfg(unix)]
use nix::sys::signal::{SigSet, Signal};
use std::fmt::Display;
use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{PoisonError, RwLock, RwLockReadGuard};
use std::thread;
use std::time::{Duration, Instant};

/// Time that computations get to stop by themselves after Ctrl-C. In all, a fifth of a second passes at most.
const PATIENCE: Duration = Duration::from_millis(50);
/// Interval at which the ending process checks whether files are still being written.
const PAUSE: Duration = Duration::from_millis(2);

static ASKED: AtomicBool = AtomicBool::new(false);
/// Read lock of every file writer. The end of the process takes the write lock, so that no new file is begun.
static WRITING: RwLock<()> = RwLock::new(());

/// Guard of a writer of a file. While it exists, Ctrl-C does not end the process.
pub(super) type Writing = RwLockReadGuard<'static, ()>;

/// Starts listening for Ctrl-C and SIGTERM. Errors if the system refuses.
pub(super) fn listen() -> Result<(), Stop> {
    let cannot = |error: &dyn Display| stop!("cannot listen for Ctrl-C: {error}");
    // first: only threads that start later inherit the blocked signal
    listen_for_end().map_err(|error| cannot(&error))?;
    ctrlc::set_handler(|| end()).map_err(|error| cannot(&error))
}

/// Starts listening for SIGTERM, which `kill`, containers and clusters send to end a process. All threads
/// block the signal but one, which waits for it. SIGHUP keeps its default, so that `nohup` works.
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

/// Ends the process: lets computations end in order, waits for files being written, then exits.
fn end() -> ! {
    ASKED.store(true, Ordering::Relaxed);
    thread::sleep(PATIENCE);
    loop {
        if let Ok(_alone) = WRITING.try_write() {
            // printing may block if the reader of standard error has stopped reading
            let printer = thread::spawn(print);
            let begun = Instant::now();
            while !printer.is_finished() && begun.elapsed() < PATIENCE {
                thread::sleep(PAUSE);
            }
            process::exit(i32::from(Exit::Interrupted as u8));
        }
        thread::sleep(PAUSE);
    }
}

/// Returns the flag that is set once the user has asked to stop, by Ctrl-C or SIGTERM.
pub(super) fn asked() -> &'static AtomicBool {
    &ASKED
}

/// True once the user has asked to stop.
pub(super) fn is_asked() -> bool {
    ASKED.load(Ordering::Relaxed)
}

/// Returns a guard to hold from before a file is created until it has its final name or is deleted.
pub(super) fn writing() -> Writing {
    WRITING.read().unwrap_or_else(PoisonError::into_inner)
}

/// Prints that the user stopped the program, once even if several places notice it.
pub(super) fn print() {
    static PRINTED: AtomicBool = AtomicBool::new(false);
    if !PRINTED.swap(true, Ordering::Relaxed) {
        terminal::say(&(terminal::with_left("interrupted") + "\n"));
    }
}
