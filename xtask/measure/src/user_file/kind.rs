//! What a path leads to: only a file can be read again and again, as every process of a run does.

use std::fs::{FileType, Metadata};
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Result, bail};

/// How long the file is.
///
/// # Errors
/// If there is nothing, or no file, or nothing in it; in words that say what to do. Nothing is
/// opened: a pipe would wait for somebody who writes.
pub fn length(path: &Path) -> Result<u64> {
    let shown = path.display();
    match std::fs::metadata(path) {
        Ok(metadata) if !metadata.is_file() => bail!("{shown} {}", other(metadata.file_type())),
        Ok(metadata) if metadata.len() == 0 => bail!("{shown} is empty"),
        Ok(metadata) => Ok(metadata.len()),
        Err(error) if error.kind() == ErrorKind::NotFound => bail!("{}", missing(path)),
        Err(error) => bail!("cannot read {shown}: {error}"),
    }
}

fn other(kind: FileType) -> &'static str {
    if kind.is_dir() {
        return "is a folder, not a file; name one file in it";
    }
    #[cfg(unix)]
    if std::os::unix::fs::FileTypeExt::is_fifo(&kind) {
        return "is a pipe, which can be read only once; save what comes out of it to a file first";
    }
    "is not a file but a device or a socket; save what comes out of it to a file first"
}

fn missing(path: &Path) -> String {
    let shown = path.display();
    if path == Path::new("-") {
        return "standard input can be read only once, and a file is read many times; save it to a \
                file first"
            .to_owned();
    }
    let link = |metadata: Metadata| metadata.is_symlink();
    if path.symlink_metadata().is_ok_and(link) {
        return format!("{shown} is a link to something that is not there");
    }
    format!("there is no file {shown}")
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;
    use std::process::Command;

    use super::*;

    #[test]
    fn what_is_no_file_is_called_by_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let refusal = |path: &Path| length(path).unwrap_err().to_string();
        assert!(refusal(folder.path()).contains("is a folder"));
        assert!(refusal(&at("none")).contains("there is no file"));
        assert!(refusal(Path::new("-")).contains("standard input"));
        assert!(refusal(Path::new("/dev/null")).contains("a device"));
        symlink(at("none"), at("dangling")).unwrap();
        assert!(refusal(&at("dangling")).contains("a link to something that is not there"));
        assert!(Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());
        assert!(refusal(&at("pipe")).contains("is a pipe"));
        let _socket = UnixListener::bind(at("socket")).unwrap();
        assert!(refusal(&at("socket")).contains("a socket"));
        std::fs::write(at("text"), "a").unwrap();
        symlink(at("text"), at("link")).unwrap();
        assert_eq!(length(&at("link")).unwrap(), 1);
    }
}
