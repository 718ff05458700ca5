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
    library: Option<Library>,
    process: Mutex<Option<Process>>,
}

/// A shared library with a `malloc` of its own, which the loader puts before the system's.
#[derive(Clone, Copy, Debug)]
pub struct Library {
    /// What the loader looks for.
    pub file: &'static str,
    /// What Debian calls the package that has it.
    pub package: &'static str,
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
        Self { program, environment, library: None, process: Mutex::new(None) }
    }

    /// The same with this library before the system's.
    pub const fn preloading(mut self, library: Library) -> Self {
        self.library = Some(library);
        self
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

    /// Whether the program is there, and its library.
    ///
    /// # Errors
    /// Says how to build the one, or to install the other.
    pub fn available(&self) -> Result<(), String> {
        let Some(Library { file, package }) = self.library else {
            return self.path().map(|_| ());
        };
        if !cfg!(all(target_os = "linux", target_env = "gnu")) {
            return Err("only glibc's loader is asked to put a library first".to_owned());
        }
        // A loader that does not find it says so, and starts the program without it.
        let said = self.command()?.stdin(Stdio::null()).output();
        let said = said.map_err(|error| format!("cannot start {}: {error}", self.program))?;
        if String::from_utf8_lossy(&said.stderr).contains(file) {
            return Err(format!("{file} is not installed: `apt-get install {package}` on Debian"));
        }
        Ok(())
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

    fn command(&self) -> Result<Command, String> {
        let mut command = Command::new(self.path()?);
        command.envs(self.environment.iter().copied());
        if let Some(Library { file, .. }) = self.library {
            command.env("LD_PRELOAD", file);
        }
        Ok(command)
    }

    fn start(&self) -> Result<Process, String> {
        let mut child = self
            .command()?
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
