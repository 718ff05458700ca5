//! What systems without rings answer to those who need them.

/// O_DIRECT is Linux's.
///
/// # Errors
/// Always.
pub fn direct() -> Result<(), String> {
    Err("O_DIRECT as these rungs use it is Linux's".to_owned())
}

/// Rings are Linux's.
///
/// # Errors
/// Always.
pub fn ring() -> Result<(), String> {
    Err("io_uring is Linux's".to_owned())
}

/// Rings are Linux's.
///
/// # Errors
/// Always.
pub fn direct_ring() -> Result<(), String> {
    ring()
}

/// Rings are Linux's.
///
/// # Errors
/// Always.
pub fn registered() -> Result<(), String> {
    ring()
}

/// Rings are Linux's.
///
/// # Errors
/// Always.
pub fn uncached() -> Result<(), String> {
    ring()
}

/// The page cache is asked by calls that are Linux's.
///
/// # Errors
/// Always.
pub fn cold() -> Result<(), String> {
    Err("this case has the page cache let go of a file by FADV_DONTNEED, on Linux".to_owned())
}
