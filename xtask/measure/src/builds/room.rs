//! How much room there is on a disk, and how much of it a folder takes.

use std::path::Path;

/// Bytes that are free where a folder lies; none where the system does not say.
#[cfg(unix)]
pub fn free(folder: &Path) -> Option<u64> {
    use std::os::unix::ffi::OsStrExt as _;

    let path = std::ffi::CString::new(folder.as_os_str().as_bytes()).ok()?;
    // SAFETY: all of it is numbers, for which zero is one.
    let mut known: libc::statvfs = unsafe { std::mem::zeroed() };
    // SAFETY: the path ends with a zero, and the other is ours.
    let asked = unsafe { libc::statvfs(path.as_ptr(), &mut known) };
    (asked == 0).then(|| known.f_bavail as u64 * known.f_frsize as u64)
}

/// Elsewhere nobody is asked.
#[cfg(not(unix))]
pub fn free(_: &Path) -> Option<u64> {
    None
}

/// Bytes of all files in a folder, or of a file; nothing of what is not there.
pub fn taken(path: &Path) -> u64 {
    let Ok(known) = std::fs::symlink_metadata(path) else { return 0 };
    if !known.is_dir() {
        return known.len();
    }
    let entries = std::fs::read_dir(path).into_iter().flatten().flatten();
    entries.map(|entry| taken(&entry.path())).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_takes_what_its_files_take() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("a")).unwrap();
        std::fs::write(folder.path().join("a/b"), [0; 1_000]).unwrap();
        std::fs::write(folder.path().join("c"), [0; 24]).unwrap();
        assert_eq!(taken(folder.path()), 1_024);
        assert_eq!(taken(&folder.path().join("none")), 0);
        assert!(cfg!(not(unix)) || free(folder.path()) > Some(0));
    }
}
