//! Tests of how an index is made, kept and found wrong.

use super::*;
use crate::scratch::Scratch;

#[test]
fn an_index_is_all_its_records_and_is_kept() {
    let scratch = Scratch::new(&folder());
    make(&scratch.0, 300).unwrap();
    let expected: Vec<u8> = (0..300).flat_map(|number| Record::of(number).0).collect();
    assert!(fs::read(&scratch.0).unwrap() == expected);
    let made = fs::metadata(&scratch.0).unwrap().modified().unwrap();
    make(&scratch.0, 300).unwrap();
    assert_eq!(fs::metadata(&scratch.0).unwrap().modified().unwrap(), made);
    assert!(!scratch.0.with_extension("new").exists());
}

#[test]
fn a_wrong_one_is_made_again() {
    let scratch = Scratch::new(&folder());
    make(&scratch.0, 200).unwrap();
    let right = fs::read(&scratch.0).unwrap();
    // Every third record is looked at, and the last.
    let [early, last] = [3 * BYTES, right.len() - 1].map(|at| {
        let mut wrong = right.clone();
        wrong[at] ^= 1;
        wrong
    });
    for content in [&early[..], &last, &right[..right.len() - 1], &[]] {
        fs::write(&scratch.0, content).unwrap();
        assert!(!is_right(&scratch.0, 200).unwrap());
        make(&scratch.0, 200).unwrap();
        assert!(fs::read(&scratch.0).unwrap() == right);
    }
}

#[test]
fn what_cannot_be_made_leaves_nothing() {
    let nowhere = folder().join("no-such-file/index");
    fs::create_dir_all(folder()).unwrap();
    fs::write(folder().join("no-such-file"), "").unwrap();
    assert!(make(&nowhere, 2).is_err());
    fs::remove_file(folder().join("no-such-file")).unwrap();
}

/// Else one that cannot be opened would be written anew.
#[test]
fn only_what_is_not_there_is_missing() {
    assert!(is_right(Path::new("no file has this name\0"), 2).is_err());
}

#[test]
fn an_index_is_there_once_it_is_asked_for() {
    let path = Index { records: 5 }.path();
    let _ = fs::remove_file(&path); // of a run before
    assert!(is_right(&Index::of(5).path(), 5).unwrap());
    let path = Index { records: 300 }.path();
    fs::create_dir_all(&path).unwrap();
    let panic = std::panic::catch_unwind(|| Index::of(300)).unwrap_err();
    fs::remove_dir(path).unwrap();
    let words = panic.downcast_ref::<String>().unwrap();
    assert!(words.starts_with("an index of 1 MiB cannot be made in "), "{words}");
}

#[test]
fn indexes_are_as_long_as_is_said() {
    let sizes = [Index::SMALL, Index::USUAL, Index::LARGE].map(|records| Index { records }.bytes());
    assert_eq!(sizes, [4 << 20, 256 << 20, 1 << 30]);
}

#[test]
fn indexes_lie_where_cargo_builds() {
    let (folder, program) = (folder(), std::env::current_exe().unwrap());
    assert!(folder.ends_with("kernel-bypass-io"));
    assert!(program.starts_with(folder.parent().unwrap()), "{}", folder.display());
}
