//! Stand-ins for bench binaries in tests: shell scripts.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::binary::Binary;

/// A binary that runs this script. A shell writes the file: while this process has it open to
/// write, a process that another test's thread starts would hold it open too, and the system starts
/// no program that somebody may still write.
pub fn binary(folder: &Path, name: &str, script: &str) -> Binary {
    let path = folder.join(name);
    let mut shell = Command::new("sh")
        .args(["-c", "cat > \"$0\" && chmod +x \"$0\""])
        .arg(&path)
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    write!(shell.stdin.take().unwrap(), "#!/bin/sh\n{script}\n").unwrap();
    assert!(shell.wait().unwrap().success());
    Binary::new(path)
}
