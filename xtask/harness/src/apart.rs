//! Processes beside this one, so that what one piece of work does to heap, caches and pools cannot
//! be found by another. Where the system can fork, a child begins with everything as its parent had
//! it: the same inputs at the same addresses, in the same memory until one of them writes. Where it
//! cannot, or where threads are about that a child would lack, a new process is started, which
//! makes its inputs itself.

use std::fmt::Display;
use std::io::{self, Read, Write};
use std::process::{Command, Stdio};

use protocol::{Question, Refusal};
use serde::de::DeserializeOwned;

use crate::job::Asked;

#[cfg(target_os = "linux")]
#[path = "apart/fork.rs"]
mod system;
#[cfg(not(target_os = "linux"))]
#[path = "apart/none.rs"]
mod system;

/// Set to anything, it has processes started where they could be forked: for systems that forbid
/// it, and for tests.
const NO_FORK: &str = "CASEBOOK_NO_FORK";

/// A process that answers what it is asked until nobody asks any more.
pub(crate) struct Process {
    ask: Option<Box<dyn Write>>,
    answers: Box<dyn Read>,
    end: End,
}

/// How a process is waited for.
enum End {
    #[cfg(target_os = "linux")]
    Forked(i32),
    Started(std::process::Child),
}

impl Process {
    /// Sends these bytes.
    ///
    /// # Errors
    /// If the process has ended.
    pub(crate) fn ask(&mut self, bytes: &[u8]) -> io::Result<()> {
        let ask = self.ask.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        ask.write_all(bytes)?;
        ask.flush()
    }

    /// Waits for as many bytes as there is room for.
    ///
    /// # Errors
    /// If the process has ended.
    pub(crate) fn answer(&mut self, bytes: &mut [u8]) -> io::Result<()> {
        self.answers.read_exact(bytes)
    }

    /// Asks no more, and takes what it still has to say for one value as JSON. `what` is the
    /// process, for who is told that it ended without.
    pub(crate) fn value<T: DeserializeOwned>(mut self, what: &str) -> Result<T, Refusal> {
        self.ask = None;
        let mut bytes = Vec::new();
        let read = self.answers.read_to_end(&mut bytes).err().map(|error| error.to_string());
        let how = self.end().or(read);
        let unreadable = |error: serde_json::Error| match bytes[..] {
            [] => "without an answer".to_owned(),
            _ => error.to_string(),
        };
        serde_json::from_slice(&bytes)
            .map_err(|error| ended(what, how.unwrap_or_else(|| unreadable(error))))
    }

    /// Waits for its end; how it ended, if that was not well.
    pub(crate) fn end(&mut self) -> Option<String> {
        self.ask = None; // who waits for a question sees that there will be none
        self.end.wait()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.end();
    }
}

impl End {
    /// How it ended, if that was not well; nothing the second time.
    fn wait(&mut self) -> Option<String> {
        match self {
            #[cfg(target_os = "linux")]
            Self::Forked(process) => system::wait(std::mem::replace(process, 0)),
            Self::Started(child) => match child.wait() {
                Ok(status) if status.success() => None,
                Ok(status) => Some(status.to_string()),
                Err(error) => Some(error.to_string()),
            },
        }
    }
}

/// What is said of a process that there is no longer, or never was.
pub(crate) fn ended(what: &str, how: impl Display) -> Refusal {
    Refusal::Ended(format!("{what} ended: {how}"))
}

/// Whether children are forked here and now. A child has only the thread that forked it: whoever
/// waited for another would wait for ever.
pub(crate) fn forks() -> bool {
    std::env::var_os(NO_FORK).is_none() && system::alone()
}

/// A child that runs `work`. Not where nothing [`forks`].
///
/// # Errors
/// If the system has no room for another process.
pub(crate) fn fork(
    work: impl FnOnce(Box<dyn Read>, Box<dyn Write>) -> io::Result<()>,
) -> io::Result<Process> {
    system::fork(work)
}

/// A process that runs `work`, which reads what it is asked and writes its answers; or one that
/// is started and asked `question` about the same inputs. `forks` says which.
///
/// # Errors
/// If the system has no room for another process.
pub(crate) fn process(
    forks: bool,
    work: impl FnOnce(Box<dyn Read>, Box<dyn Write>) -> io::Result<()>,
    asked: &Asked,
    question: &Question,
) -> io::Result<Process> {
    if forks {
        return fork(work);
    }
    let mut command = Command::new(std::env::current_exe()?);
    if let Some(path) = asked.path {
        command.arg("--file").arg(path);
    }
    let mut child =
        command.args(question.arguments()).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let (Some(ask), Some(answers)) = (child.stdin.take(), child.stdout.take()) else {
        unreachable!("both are pipes")
    };
    Ok(Process { ask: Some(Box::new(ask)), answers: Box::new(answers), end: End::Started(child) })
}
