//! The bench's side of the pipe: a child process for each allocator, started when first asked. All
//! rungs, naive too, pay the same for the way there and back.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Mutex;

/// A program, what its environment says to its allocator, and the process once it runs.
#[derive(Debug)]
pub struct Worker {
    program: &'static str,
    environment: &'static [(&'static str, &'static str)],
    process: Mutex<Option<Process>>,
}

#[derive(Debug)]
struct Process {
    /// Ends by itself when its input does, which is when this process ends.
    _child: Child,
    ask: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Worker {
    /// A worker that does not run yet.
    pub const fn new(
        program: &'static str,
        environment: &'static [(&'static str, &'static str)],
    ) -> Self {
        Self { program, environment, process: Mutex::new(None) }
    }

    /// Sends a line and waits for the answer.
    ///
    /// # Errors
    /// Says what is missing, or that the process has ended or does not understand.
    pub fn ask(&self, line: &str) -> Result<u64, String> {
        let mut process = self.process.lock().map_err(|error| error.to_string())?;
        if process.is_none() {
            *process = Some(self.start()?);
        }
        let Some(running) = process.as_mut() else { unreachable!("just started") };
        let answer = running.ask(line).map_err(|error| {
            *process = None; // whoever asks next gets a new one
            format!("the worker {} has ended: {error}", self.program)
        })?;
        answer.trim_end().parse().map_err(|_| format!("{}: {answer}", self.program))
    }

    /// Whether the program is there.
    ///
    /// # Errors
    /// Says how to build it.
    pub fn available(&self) -> Result<(), String> {
        self.path().map(|_| ())
    }

    /// Programs lie one folder above benches and tests.
    fn path(&self) -> Result<PathBuf, String> {
        let own = std::env::current_exe().map_err(|error| error.to_string())?;
        let folders = own.ancestors().skip(1).take(2);
        let name = format!("{}{}", self.program, std::env::consts::EXE_SUFFIX);
        let found = folders.map(|folder| folder.join(&name)).find(|path| path.is_file());
        found.ok_or_else(|| {
            format!(
                "the program {} is not built: `cargo bench -p global-allocators --no-run` does it",
                self.program
            )
        })
    }

    fn start(&self) -> Result<Process, String> {
        let mut child = Command::new(self.path()?)
            .envs(self.environment.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("cannot start {}: {error}", self.program))?;
        let (ask, answers) = (child.stdin.take(), child.stdout.take());
        let (Some(ask), Some(answers)) = (ask, answers) else { unreachable!("both are pipes") };
        Ok(Process { _child: child, ask, answers: BufReader::new(answers) })
    }
}

impl Process {
    fn ask(&mut self, line: &str) -> std::io::Result<String> {
        self.ask.write_all(format!("{line}\n").as_bytes())?;
        let mut answer = String::new();
        self.answers.read_line(&mut answer)?;
        if answer.is_empty() { Err(std::io::ErrorKind::UnexpectedEof.into()) } else { Ok(answer) }
    }
}
