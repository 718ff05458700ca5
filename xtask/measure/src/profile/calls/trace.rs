//! Breakpoints in a process of our own, by ptrace. A thread that meets one is looked at, makes one
//! step over it, and goes on. Where a call returns there is another, for its answer. Processes that
//! it starts are let go.

use std::collections::{HashMap, HashSet};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use cases::repeats::Repeats;
use nix::libc::user_regs_struct as Registers;
use nix::sys::ptrace::{self, Event, Options};
use nix::sys::signal::{Signal, kill};
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::Pid;

use super::Seen;
use super::debug::{self, Function};
use super::moment::Moment;
use super::remote::Remote;
use super::shape::{Id, Shapes};
use crate::child;

/// For how long the program is run at most.
const LIMIT: Duration = Duration::from_secs(15);
/// Calls of a function that are looked at.
const CALLS: u64 = 20_000;
/// Of so many of them one is followed step by step, to see what a call costs.
const FOLLOWED: u64 = CALLS / 6;
/// Instructions for which it is.
const STEPS: u64 = 4_000;
/// `int3`.
const TRAP: u8 = 0xcc;

/// A function that is watched.
struct Watched {
    name: String,
    function: Function,
    calls: u64,
    /// What each question was answered; nothing while it is not.
    answers: HashMap<u64, Option<u64>>,
    /// Different answers.
    said: HashSet<u64>,
    followed: u64,
    instructions: u64,
    /// Why nothing is said of it.
    refused: Option<&'static str>,
}

/// A call that has not returned.
struct Pending {
    function: usize,
    /// The stack as it is behind the call.
    frame: u64,
    question: u64,
}

/// Where a trap is, or was: threads may have met it before it was taken away.
#[derive(Default)]
struct Point {
    byte: u8,
    entry: Option<usize>,
    /// Functions that return here.
    backs: Vec<usize>,
}

impl Point {
    fn is_set(&self) -> bool {
        self.entry.is_some() || !self.backs.is_empty()
    }
}

struct Tracer<'a> {
    leader: Pid,
    memory: Remote,
    /// What is added to the file's addresses.
    bias: u64,
    shapes: &'a Shapes,
    watched: Vec<Watched>,
    points: HashMap<u64, Point>,
    threads: HashMap<Pid, Vec<Pending>>,
    /// Processes that stopped before it was known how they began.
    strangers: HashSet<Pid>,
    /// Whether it has become another program.
    replaced: bool,
}

/// Runs a program and looks at calls.
pub fn watch(
    program: &Path,
    arguments: &[OsString],
    names: &[String],
) -> Result<Vec<(String, Seen)>> {
    let (functions, shapes) = debug::functions(program, names)?;
    let mut command = child::command(program);
    command.args(arguments).stdin(input()).stdout(Stdio::null()).stderr(Stdio::null());
    child::lead_a_group(&mut command);
    // SAFETY: it is a bare system call, which may be made between fork and exec.
    unsafe { command.pre_exec(|| ptrace::traceme().map_err(io::Error::from)) };
    let started = command.spawn().with_context(|| {
        format!("{} cannot be run under ptrace, which containers may refuse", program.display())
    })?;
    let leader = Pid::from_raw(started.id() as i32);
    let (seen, _) = child::watched(started.id(), LIMIT, || {
        let seen = Tracer::new(leader, program, functions, &shapes).and_then(Tracer::run);
        if seen.is_err() {
            end(leader);
        }
        seen
    });
    seen
}

/// What the program reads, once more, where that is a file; nobody can say it twice.
fn input() -> Stdio {
    let again = fs::metadata("/dev/stdin").is_ok_and(|input| input.is_file());
    again.then(|| File::open("/dev/stdin").ok()).flatten().map_or_else(Stdio::null, Stdio::from)
}

/// Ends a process and all that came of it.
fn end(leader: Pid) {
    let group = Pid::from_raw(-leader.as_raw());
    let _ = kill(group, Signal::SIGKILL);
    while let Ok(status) = waitpid(group, Some(WaitPidFlag::__WALL)) {
        if ended(status) == Some(leader) {
            break;
        }
    }
}

fn ended(status: WaitStatus) -> Option<Pid> {
    match status {
        WaitStatus::Exited(pid, _) | WaitStatus::Signaled(pid, ..) => Some(pid),
        _ => None,
    }
}

impl<'a> Tracer<'a> {
    /// Sets the traps of a process that stands where its program begins.
    fn new(
        leader: Pid,
        program: &Path,
        functions: Vec<(String, Function)>,
        shapes: &'a Shapes,
    ) -> Result<Self> {
        match waitpid(leader, Some(WaitPidFlag::__WALL)).context("cannot wait for the program")? {
            WaitStatus::Stopped(_, Signal::SIGTRAP) => {}
            other => bail!("the program did not begin: {other:?}"),
        }
        let options = [
            Options::PTRACE_O_EXITKILL,
            Options::PTRACE_O_TRACECLONE,
            Options::PTRACE_O_TRACEFORK,
            Options::PTRACE_O_TRACEVFORK,
            Options::PTRACE_O_TRACEEXEC,
        ];
        let options = options.into_iter().fold(Options::empty(), Options::union);
        ptrace::setoptions(leader, options).context("ptrace is refused")?;
        let memory = Remote::open(leader).context("the program's memory cannot be read")?;
        let bias = bias(leader, program).context("the program is not where it was loaded from")?;
        let mut tracer = Self {
            leader,
            memory,
            bias,
            shapes,
            watched: Vec::new(),
            points: HashMap::new(),
            threads: HashMap::from([(leader, Vec::new())]),
            strangers: HashSet::new(),
            replaced: false,
        };
        for (at, (name, function)) in functions.into_iter().enumerate() {
            tracer.point(function.at.wrapping_add(bias)).entry = Some(at);
            let mut watched = Watched {
                name,
                function,
                calls: 0,
                answers: HashMap::new(),
                said: HashSet::new(),
                followed: 0,
                instructions: 0,
                refused: None,
            };
            watched.refused = refused_from_the_first(&watched.function, shapes);
            tracer.watched.push(watched);
            if tracer.watched[at].refused.is_some() {
                tracer.leave(at);
            }
        }
        Ok(tracer)
    }

    /// A trap, which is set if there was none.
    fn point(&mut self, address: u64) -> &mut Point {
        let point = self.points.entry(address).or_default();
        if !point.is_set() {
            // Where nothing can be read nothing is written, and so nobody is trapped.
            if let Some(byte) = self.memory.byte(address) {
                point.byte = byte;
                self.memory.set(address, TRAP);
            }
        }
        point
    }

    /// Watches a function no longer.
    fn leave(&mut self, function: usize) {
        for (address, point) in &mut self.points {
            let was_set = point.is_set();
            point.entry = point.entry.filter(|entry| *entry != function);
            point.backs.retain(|back| *back != function);
            if was_set && !point.is_set() {
                self.memory.set(*address, point.byte);
            }
        }
    }

    fn is_over(&self) -> bool {
        self.replaced || self.points.values().all(|point| point.entry.is_none())
    }

    /// Lets the program run until it ends, its time is over, or enough was seen.
    fn run(mut self) -> Result<Vec<(String, Seen)>> {
        let group = Pid::from_raw(-self.leader.as_raw());
        if self.is_over() {
            end(self.leader);
            return Ok(self.seen());
        }
        ptrace::cont(self.leader, None).context("the program cannot go on")?;
        loop {
            let status = match waitpid(group, Some(WaitPidFlag::__WALL)) {
                Ok(status) => status,
                Err(nix::errno::Errno::ECHILD) => break,
                Err(_) => continue,
            };
            match status {
                WaitStatus::Stopped(thread, signal) => self.stopped(thread, signal),
                WaitStatus::PtraceEvent(thread, _, event) => self.told(thread, event),
                _ if ended(status) == Some(self.leader) => break,
                _ => {}
            }
            if self.is_over() {
                end(self.leader);
                break;
            }
        }
        if self.replaced {
            bail!("it runs another program in its place: name the program itself");
        }
        Ok(self.seen())
    }

    /// A thread has stopped: at a trap, for a signal, or since it is new.
    fn stopped(&mut self, thread: Pid, signal: Signal) {
        if !self.threads.contains_key(&thread) {
            if !is_thread_of(thread, self.leader) {
                self.strangers.insert(thread);
                return;
            }
            self.threads.insert(thread, Vec::new());
            let _ = ptrace::cont(thread, (signal != Signal::SIGSTOP).then_some(signal));
            return;
        }
        let deliver = match signal {
            // Who is gone meanwhile says so next.
            Signal::SIGTRAP => self.trapped(thread).unwrap_or(None),
            other => Some(other),
        };
        let _ = ptrace::cont(thread, deliver);
    }

    /// A thread began another one, a process, or another program.
    fn told(&mut self, thread: Pid, event: i32) {
        let is = |wanted: Event| event == wanted as i32;
        self.replaced |= is(Event::PTRACE_EVENT_EXEC);
        if (is(Event::PTRACE_EVENT_FORK) || is(Event::PTRACE_EVENT_VFORK))
            && let Ok(begun) = ptrace::getevent(thread)
        {
            let begun = Pid::from_raw(begun as i32);
            if !self.strangers.remove(&begun) {
                let _ = waitpid(begun, Some(WaitPidFlag::__WALL));
            }
            // Its memory is a copy, with the traps in it, unless it is on its way to another
            // program.
            if is(Event::PTRACE_EVENT_FORK)
                && let Ok(memory) = Remote::open(begun)
            {
                let set = self.points.iter().filter(|(_, point)| point.is_set());
                set.for_each(|(address, point)| memory.set(*address, point.byte));
            }
            let _ = ptrace::detach(begun, None);
        }
        let _ = ptrace::cont(thread, None);
    }

    /// A thread has met a trap. The signal that it should get.
    fn trapped(&mut self, thread: Pid) -> nix::Result<Option<Signal>> {
        let mut registers = ptrace::getregs(thread)?;
        let address = registers.rip.wrapping_sub(1);
        let Some(point) = self.points.get(&address) else { return Ok(Some(Signal::SIGTRAP)) };
        let (byte, entry) = (point.byte, point.entry);
        registers.rip = address;
        ptrace::setregs(thread, registers)?;
        self.returned(thread, &registers);
        if let Some(function) = entry
            && self.entered(thread, function, &registers)
        {
            return self.follow(thread, function);
        }
        if !self.points.get(&address).is_some_and(Point::is_set) {
            return Ok(None);
        }
        self.memory.set(address, byte);
        let signal = step(thread)?;
        self.memory.set(address, TRAP);
        Ok(signal)
    }

    /// A function is called; whether this call is to be followed.
    fn entered(&mut self, thread: Pid, at: usize, registers: &Registers) -> bool {
        let watched = &self.watched[at];
        let moment = Moment { registers, memory: &self.memory, bias: self.bias, thread };
        let question = moment.question(&watched.function, self.shapes);
        let (register, distance) = watched.function.frame;
        let frame = moment.register(register).map(|stack| stack.wrapping_add_signed(distance));
        let back = frame.and_then(|frame| self.memory.word(frame.wrapping_sub(8)));
        let (question, frame, back) = match (question, frame.zip(back)) {
            (Ok(question), Some((frame, back))) => (question, frame, back),
            (Err(why), _) => {
                self.refuse(at, why);
                return false;
            }
            (_, None) => {
                self.refuse(at, "it is not known where it returns to");
                return false;
            }
        };
        let pending = self.threads.entry(thread).or_default();
        let nested = pending.iter().any(|pending| pending.function == at);
        pending.push(Pending { function: at, frame, question });
        let watched = &mut self.watched[at];
        watched.calls += 1;
        watched.answers.entry(question).or_default();
        let calls = watched.calls;
        let follow = !nested && calls % FOLLOWED == 1;
        let backs = &mut self.point(back).backs;
        if !backs.contains(&at) {
            backs.push(at);
        }
        if calls >= CALLS {
            self.leave(at);
        }
        follow
    }

    fn refuse(&mut self, function: usize, why: &'static str) {
        self.watched[function].refused = Some(why);
        self.leave(function);
    }

    /// Calls that have returned to where a thread is.
    fn returned(&mut self, thread: Pid, registers: &Registers) {
        let Some(pending) = self.threads.get_mut(&thread) else { return };
        // Those that were left by a panic are forgotten.
        while pending.last().is_some_and(|pending| pending.frame < registers.rsp) {
            pending.pop();
        }
        let mut done = Vec::new();
        while let Some(last) = pending.pop_if(|pending| pending.frame == registers.rsp) {
            done.push(last);
        }
        for Pending { function, question, .. } in done {
            let moment = Moment { registers, memory: &self.memory, bias: self.bias, thread };
            let watched = &self.watched[function];
            let answer = moment.answer(&watched.function, self.shapes);
            let watched = &mut self.watched[function];
            match answer {
                Ok(answer) => {
                    watched.said.insert(answer);
                    let known = watched.answers.entry(question).or_default();
                    if known.is_some_and(|known| known != answer) {
                        self.refuse(function, "the same question got different answers");
                    } else {
                        *known = Some(answer);
                    }
                }
                Err(why) => self.refuse(function, why),
            }
        }
    }

    /// Goes on with a call step by step, without traps: how many instructions it executes.
    fn follow(&mut self, thread: Pid, function: usize) -> nix::Result<Option<Signal>> {
        let frame = self.threads.get(&thread).and_then(|pending| Some(pending.last()?.frame));
        let set = |tracer: &Self, trap: bool| {
            for (address, point) in tracer.points.iter().filter(|(_, point)| point.is_set()) {
                tracer.memory.set(*address, if trap { TRAP } else { point.byte });
            }
        };
        set(self, false);
        let (mut steps, mut signal) = (0, None);
        while steps < STEPS && signal.is_none() {
            signal = step(thread)?;
            steps += 1;
            let registers = ptrace::getregs(thread)?;
            if frame.is_none_or(|frame| registers.rsp >= frame) {
                self.returned(thread, &registers);
                break;
            }
        }
        set(self, true);
        let watched = &mut self.watched[function];
        watched.followed += 1;
        watched.instructions += steps;
        Ok(signal)
    }

    fn seen(self) -> Vec<(String, Seen)> {
        let mut seen: Vec<(String, Seen)> = Vec::new();
        for watched in self.watched {
            let name = watched.name.clone();
            match (seen.iter_mut().find(|(known, _)| *known == name), watched.verdict()) {
                // One function for several types: what is said of one is said of none.
                (Some((_, known)), verdict) => *known = known.clone().and(verdict),
                (None, verdict) => seen.push((name, verdict)),
            }
        }
        seen
    }
}

impl Watched {
    fn verdict(self) -> Seen {
        if let Some(why) = self.refused {
            return Err(why.to_owned());
        }
        let different = self.answers.len() as u64;
        if self.calls == 0 {
            return Err("it was not called while the program was looked at".to_owned());
        }
        // What always says the same may be called for what it does.
        if self.said.len() < 2 {
            return Err("its answers were all the same".to_owned());
        }
        let instructions = self.instructions / self.followed.max(1);
        Ok(Repeats { calls: self.calls, different, instructions })
    }
}

/// Why a function is not worth a look.
fn refused_from_the_first(function: &Function, shapes: &Shapes) -> Option<&'static str> {
    let given = |(shape, _): &&(Id, Option<Vec<u8>>)| shapes.size(*shape) > 0;
    if function.arguments.iter().filter(given).count() == 0 {
        return Some("it is given nothing");
    }
    if function.answer.is_none_or(|answer| shapes.size(answer) == 0) {
        return Some("it answers nothing, so it is called for what it does");
    }
    let gone = |(shape, place): &(Id, Option<Vec<u8>>)| shapes.size(*shape) > 0 && place.is_none();
    let gone = function.arguments.iter().any(gone);
    gone.then_some("an argument was optimized away: a debug build has it")
}

/// One instruction. The signal that came of it, if another did than that it was made.
fn step(thread: Pid) -> nix::Result<Option<Signal>> {
    ptrace::step(thread, None)?;
    match waitpid(thread, Some(WaitPidFlag::__WALL))? {
        WaitStatus::Stopped(_, Signal::SIGTRAP) | WaitStatus::PtraceEvent(..) => Ok(None),
        WaitStatus::Stopped(_, other) => Ok(Some(other)),
        _ => Err(nix::errno::Errno::ESRCH),
    }
}

/// Whether it is a thread of a process, and not one of its own.
fn is_thread_of(thread: Pid, leader: Pid) -> bool {
    let status = fs::read_to_string(format!("/proc/{thread}/status")).unwrap_or_default();
    let of = status.lines().find_map(|line| line.strip_prefix("Tgid:"));
    of.and_then(|of| of.trim().parse().ok()) == Some(leader.as_raw())
}

/// What is added to a file's addresses where it is loaded.
fn bias(leader: Pid, program: &Path) -> Option<u64> {
    let lowest = debug::lowest(program).ok()?;
    let file = fs::read_link(format!("/proc/{leader}/exe")).ok()?;
    let maps = fs::read_to_string(format!("/proc/{leader}/maps")).ok()?;
    let first = maps.lines().find(|line| {
        let mut words = line.split_ascii_whitespace();
        words.nth(2) == Some("00000000") && line.ends_with(&*file.to_string_lossy())
    })?;
    let start = u64::from_str_radix(first.split_once('-')?.0, 16).ok()?;
    Some(start.wrapping_sub(lowest))
}
