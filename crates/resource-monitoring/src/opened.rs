//! The three files of a process, opened once.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::os::unix::fs::FileExt;
use std::path::Path;

use super::ended::ended;

/// More than the system has to say in any of them.
const ROOM: usize = 4096;

/// Open files of a process. They are of that one for ever: when it has gone they say so, even if
/// its number is somebody else's by then.
pub struct Opened {
    stat: File,
    statm: File,
    io: Option<File>,
}

/// Where the files of one process after the other are read to.
pub struct Buffers([[u8; ROOM]; 3]);

impl Buffers {
    /// Empty ones.
    pub fn new() -> Box<Self> {
        Box::new(Self([[0; ROOM]; 3]))
    }
}

impl Opened {
    /// Those in this folder; nothing if the process has gone.
    ///
    /// # Errors
    /// The first that the system reports, for one that there are too many open files.
    pub fn new(folder: &Path) -> io::Result<Option<Self>> {
        let open = |name| File::open(folder.join(name));
        let io = match open("io") {
            Ok(io) => Some(io),
            Err(error) => match error.kind() {
                ErrorKind::NotFound | ErrorKind::PermissionDenied => None,
                _ => return Err(error),
            },
        };
        let opened = open("statm").and_then(|statm| Ok(Self { stat: open("stat")?, statm, io }));
        unless_ended(opened)
    }

    /// What `statm`, `io` and `stat` say now, the last of which says whose they all are; nothing
    /// if the process has gone.
    ///
    /// # Errors
    /// The first that a file reports.
    pub fn read<'a>(&self, buffers: &'a mut Buffers) -> io::Result<Option<[&'a [u8]; 3]>> {
        unless_ended(self.all(buffers))
    }

    fn all<'a>(&self, buffers: &'a mut Buffers) -> io::Result<[&'a [u8]; 3]> {
        let [for_statm, for_io, for_stat] = &mut buffers.0;
        let statm = whole(&self.statm, for_statm)?;
        let io = self.io.as_ref().map_or(Ok(&[][..]), |io| readable(whole(io, for_io)))?;
        Ok([statm, io, whole(&self.stat, for_stat)?])
    }

    /// What `statm` says now.
    ///
    /// # Errors
    /// What the file reports.
    pub fn memory<'a>(&self, buffers: &'a mut Buffers) -> io::Result<&'a [u8]> {
        whole(&self.statm, &mut buffers.0[0])
    }
}

/// A file from its start. The kernel writes it anew for each call that begins there, and hands out
/// all of it if there is room.
fn whole<'a>(file: &File, buffer: &'a mut [u8]) -> io::Result<&'a [u8]> {
    loop {
        match file.read_at(buffer, 0) {
            Ok(read) => return Ok(&buffer[..read]),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Who may read is asked at every call, not only when the file is opened.
fn readable(read: io::Result<&[u8]>) -> io::Result<&[u8]> {
    match read {
        Err(error) if error.kind() == ErrorKind::PermissionDenied => Ok(&[]),
        read => read,
    }
}

fn unless_ended<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Err(error) if ended(&error) => Ok(None),
        result => result.map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_nobody_may_see_is_read_as_nothing() {
        let error = |kind: ErrorKind| readable(Err(kind.into())).map_err(|error| error.kind());
        assert_eq!(error(ErrorKind::PermissionDenied), Ok(&[][..]));
        assert_eq!(error(ErrorKind::NotFound), Err(ErrorKind::NotFound));
        assert_eq!(readable(Ok(b"x")).ok(), Some(&b"x"[..]));
    }
}
