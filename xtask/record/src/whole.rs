//! Files and folders that are there whole or not at all: made in a folder beside their place, and
//! only then put there, so that whatever was there before stays until what replaces it is whole.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use anyhow::{Error, Result};
use tempfile::TempDir;

/// In a folder beside a place: held as long as somebody works in it.
const LOCK: &str = "lock";

/// Writes a file whole or not at all, in a folder that is made if there is none. What is no file,
/// as a terminal or a pipe, cannot be replaced and is written to as it is.
///
/// # Errors
/// If the file cannot be written; says what to do. Then the earlier one is as it was.
pub fn replace(path: &Path, write: impl FnOnce(&mut File) -> io::Result<()>) -> Result<()> {
    let done = || -> io::Result<()> {
        let path = &place(path)?;
        if is_no_file(path) {
            return write(&mut File::options().write(true).open(path)?);
        }
        let beside = Beside::of(path)?;
        let mut file = File::create(beside.fresh())?;
        write(&mut file)?;
        file.sync_all()?; // or a power failure leaves the name without its content
        fs::rename(beside.fresh(), path)
    };
    done().map_err(|error| cannot_write(path, error))
}

/// Fills a folder and puts it in the place of another, as [`replace`] does with a file.
///
/// # Errors
/// If it cannot be filled, or put there. Then the earlier one is as it was.
pub fn replace_folder(path: &Path, fill: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    let cannot = |error| cannot_write(path, error);
    let beside = Beside::of(path).map_err(cannot)?;
    fill(&beside.fresh())?;
    beside.put(path).map_err(cannot)
}

/// Tries whether a file or folder could be replaced, before anything is done for it.
///
/// # Errors
/// If it could not; says what to do.
pub fn try_place(path: &Path) -> Result<()> {
    let tried = || -> io::Result<()> {
        let path = &place(path)?;
        if is_no_file(path) {
            return File::options().write(true).open(path).map(drop);
        }
        Beside::of(path).map(drop)
    };
    tried().map_err(|error| cannot_write(path, error))
}

/// The same of a file: a folder has no room for one in its place.
///
/// # Errors
/// As of [`try_place`].
pub fn try_file(path: &Path) -> Result<()> {
    if path.is_dir() {
        return Err(cannot_write(path, ErrorKind::IsADirectory.into()));
    }
    try_place(path)
}

/// Why something cannot be written, and what to do.
pub fn cannot_write(path: &Path, error: io::Error) -> Error {
    let advice = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "make room: is the disk full?",
        ErrorKind::FileTooLarge => "raise the limit on the size of files (`ulimit -f`)",
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            "make its folder writable, or name another place"
        }
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => {
            "something above it is no folder; move that, or name another place"
        }
        ErrorKind::IsADirectory => "it is a folder; name a file",
        _ => "is its folder writable, and is there room on the disk?",
    };
    Error::from(error).context(format!("cannot write {}: {advice}", path.display()))
}

/// Where a path leads: behind a link stands what is to be replaced.
fn place(path: &Path) -> io::Result<PathBuf> {
    match path.canonicalize() {
        Err(error) if error.kind() == ErrorKind::NotFound => std::path::absolute(path),
        place => place,
    }
}

/// A terminal, a pipe, `/dev/null`: nothing that could be whole.
fn is_no_file(path: &Path) -> bool {
    path.metadata().is_ok_and(|known| !known.is_file() && !known.is_dir())
}

/// A folder beside a place, since only within a file system can something take another's place. It
/// goes with its last user; what a killed one left, the next one clears away.
struct Beside {
    _lock: File, // before the folder: Windows removes no file that is open
    folder: TempDir,
}

impl Beside {
    fn of(place: &Path) -> io::Result<Self> {
        let (Some(parent), Some(name)) = (place.parent(), place.file_name()) else {
            return Err(ErrorKind::IsADirectory.into());
        };
        fs::create_dir_all(parent)?;
        let prefix = format!(".new-{}-", name.to_string_lossy());
        clear(parent, &prefix);
        let make = || tempfile::Builder::new().prefix(&prefix).tempdir_in(parent);
        let mut folder = make()?;
        let mut lock = File::create(folder.path().join(LOCK));
        if lock.as_ref().is_err_and(|error| error.kind() == ErrorKind::NotFound) {
            folder = make()?; // somebody took the other for one that was left
            lock = File::create(folder.path().join(LOCK));
        }
        let lock = lock?;
        let _ = lock.try_lock(); // without locks, what a killed one left stays until somebody looks
        Ok(Self { _lock: lock, folder })
    }

    /// Where the new content is made.
    fn fresh(&self) -> PathBuf {
        self.folder.path().join("new")
    }

    /// Puts the folder that was made at its place.
    fn put(&self, place: &Path) -> io::Result<()> {
        let (new, old) = (self.fresh(), self.folder.path().join("old"));
        if !place.exists() {
            return fs::rename(&new, place);
        }
        if exchanged(&new, place) {
            return Ok(());
        }
        fs::rename(place, &old)?;
        fs::rename(&new, place).or_else(|error| fs::rename(&old, place).and(Err(error)))
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        let _ = emptied(self.folder.path());
    }
}

/// Removes all but the lock: whoever is killed meanwhile leaves a folder that is known by it, or
/// an empty one.
fn emptied(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)?.flatten().filter(|entry| entry.file_name() != LOCK) {
        if entry.path().is_dir() {
            fs::remove_dir_all(entry.path())?;
        } else {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Lets two names change places in one step, so that there is a folder at either at any moment;
/// whether the system could.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchanged(one: &Path, other: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchanged(_: &Path, _: &Path) -> bool {
    false
}

/// Removes what killed processes left: folders that nobody holds any more, and empty ones. Who
/// cannot be asked is taken to be at work.
fn clear(parent: &Path, prefix: &str) {
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        if !entry.file_name().to_string_lossy().starts_with(prefix) {
            continue;
        }
        let left = entry.path();
        if File::open(left.join(LOCK)).is_ok_and(|lock| lock.try_lock().is_ok()) {
            let _ = restored(&left, parent, prefix)
                .and_then(|()| emptied(&left))
                .and_then(|()| fs::remove_file(left.join(LOCK)));
        }
        let _ = fs::remove_dir(left); // an empty one only
    }
}

/// Puts back what was moved out of its place by a process that was killed in that moment.
fn restored(left: &Path, parent: &Path, prefix: &str) -> io::Result<()> {
    let name = prefix.trim_start_matches(".new-").trim_end_matches('-');
    let (old, place) = (left.join("old"), parent.join(name));
    if old.exists() && !place.exists() { fs::rename(old, place) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    fn names(folder: &Path) -> Vec<String> {
        let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        names.map(|name| name.into_string().unwrap()).collect()
    }

    fn save(path: &Path, text: &str) -> Result<()> {
        replace(path, |file| file.write_all(text.as_bytes()))
    }

    #[test]
    fn a_file_is_written_whole_into_a_new_folder() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/graph.svg");
        save(&path, "<svg/>").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "<svg/>");
        let torn = |file: &mut File| {
            file.write_all(b"<s")?;
            Err(ErrorKind::StorageFull.into())
        };
        let error = format!("{:#}", replace(&path, torn).unwrap_err());
        assert!(error.contains("graph.svg: make room"), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "<svg/>", "the old one stays");
        assert_eq!(names(path.parent().unwrap()), ["graph.svg"]);
    }

    #[test]
    fn what_is_no_folder_or_no_file_is_said_before() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        save(&file, "text").unwrap();
        let error = format!("{:#}", try_place(&file.join("below/record.json")).unwrap_err());
        assert!(error.contains("something above it is no folder"), "{error}");
        let error = format!("{:#}", try_file(folder.path()).unwrap_err());
        assert!(error.contains("name a file"), "{error}");
        try_file(&file).unwrap();
        try_place(&folder.path().join("book")).unwrap();
        assert_eq!(names(folder.path()), ["file"], "trying leaves nothing");
    }

    #[test]
    fn what_a_killed_process_left_goes_and_what_is_held_stays() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("book");
        let left = |name: &str| {
            let left = folder.path().join(name);
            fs::create_dir(&left).unwrap();
            fs::write(left.join("new"), "half").unwrap();
            File::create(left.join(LOCK)).unwrap()
        };
        drop(left(".new-book-killed"));
        fs::create_dir(folder.path().join(".new-book-killed-at-once")).unwrap();
        let held = left(".new-book-at-work");
        held.lock().unwrap();
        replace_folder(&place, |new| Ok(fs::create_dir(new)?)).unwrap();
        let mut known = names(folder.path());
        known.sort();
        assert_eq!(known, [".new-book-at-work", "book"]);
    }

    #[test]
    fn a_folder_that_was_moved_away_when_its_process_was_killed_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        let (place, left) = (folder.path().join("book"), folder.path().join(".new-book-x"));
        fs::create_dir_all(left.join("old")).unwrap();
        fs::write(left.join("old/index.html"), "earlier").unwrap();
        fs::write(left.join(LOCK), "").unwrap();
        replace_folder(&place, |_| Err(anyhow::anyhow!("no"))).unwrap_err();
        // Filled with nothing: there is no folder to put in its place.
        replace_folder(&place, |_| Ok(())).unwrap_err();
        assert_eq!(fs::read_to_string(place.join("index.html")).unwrap(), "earlier");
        assert_eq!(names(folder.path()), ["book"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_has_the_mode_that_any_other_has_and_links_stay_links() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (own, other, link) =
            (folder.path().join("own"), folder.path().join("other"), folder.path().join("link"));
        save(&own, "text").unwrap();
        fs::write(&other, "text").unwrap();
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode();
        assert_eq!(mode(&own), mode(&other));
        symlink(&own, &link).unwrap();
        save(&link, "more").unwrap();
        assert!(link.is_symlink() && fs::read_to_string(&own).unwrap() == "more");
        save(Path::new("/dev/null"), "nothing").unwrap();
        assert!(!is_no_file(&own) && is_no_file(Path::new("/dev/null")));
    }
}
