//! What is loaded at an address: the program itself, or one of its libraries.

#[cfg(feature = "profile")]
use protocol::Spot;

/// Where the program or library begins that holds an address.
#[cfg(unix)]
pub(crate) fn base(address: usize) -> Option<usize> {
    look_up(address).map(|info| info.dli_fbase as usize)
}

/// Its file, and where in it the address is.
#[cfg(all(unix, feature = "profile"))]
pub(crate) fn spot(address: usize) -> Option<Spot> {
    let distance = address.checked_sub(base(address)?)? as u64;
    Some(Spot { file: file(address)?, distance })
}

/// The path of its file.
#[cfg(all(unix, feature = "profile"))]
pub(crate) fn file(address: usize) -> Option<String> {
    let name = look_up(address)?.dli_fname;
    // SAFETY: what it points to stays while nothing is unloaded.
    let name = (!name.is_null()).then(|| unsafe { std::ffi::CStr::from_ptr(name) })?;
    Some(name.to_string_lossy().into_owned())
}

#[cfg(unix)]
fn look_up(address: usize) -> Option<libc::Dl_info> {
    // SAFETY: an all-zero `Dl_info` is a valid one, of null pointers.
    let mut info: libc::Dl_info = unsafe { std::mem::zeroed() };
    // SAFETY: `dladdr` only compares the address with those of what is loaded.
    let known = unsafe { libc::dladdr(address as *const std::ffi::c_void, &raw mut info) };
    (known != 0).then_some(info)
}

/// Where nothing is sampled, nobody has such an address.
#[cfg(not(unix))]
pub(crate) fn base(_: usize) -> Option<usize> {
    None
}

#[cfg(all(not(unix), feature = "profile"))]
pub(crate) fn spot(_: usize) -> Option<Spot> {
    None
}

#[cfg(all(not(unix), feature = "profile"))]
pub(crate) fn file(_: usize) -> Option<String> {
    None
}
