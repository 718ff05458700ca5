//! What a command leaves behind: text into a file or to standard output, files whole or not at all.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::Path;

use anyhow::{Context, Result};

/// Writes a text to a file, or to standard output where none is named.
///
/// # Errors
/// If the file, or the output, cannot be written to.
pub fn write(text: &str, file: Option<&Path>) -> Result<()> {
    if let Some(path) = file {
        return fs::write(path, text)
            .with_context(|| format!("cannot write {}; does its folder exist?", path.display()));
    }
    let mut output = io::stdout().lock();
    match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
        // Whoever reads has seen enough, as `head` does: no error of ours.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result.context("cannot write to standard output"),
    }
}

/// Writes a file whole or not at all, in a folder that is made if there is none.
///
/// # Errors
/// If the folder cannot be written to.
pub fn replace(path: &Path, write: impl FnOnce(&mut File) -> io::Result<()>) -> Result<()> {
    let context = || format!("cannot write {}; is the disk full?", path.display());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    fs::create_dir_all(folder).with_context(context)?;
    let mut file = tempfile::NamedTempFile::new_in(folder).with_context(context)?;
    write(file.as_file_mut()).with_context(context)?;
    file.persist(path).with_context(context)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_whole_into_a_new_folder() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/graph.svg");
        replace(&path, |file| file.write_all(b"<svg/>")).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "<svg/>");
        replace(&path, |_| Err(ErrorKind::StorageFull.into())).unwrap_err();
        assert_eq!(fs::read_to_string(&path).unwrap(), "<svg/>", "the old one stays");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }
}
