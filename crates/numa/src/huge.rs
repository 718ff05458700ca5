//! Huge pages that need no reservation: the system makes them where it is asked to and can.

use memmap2::MmapMut;

/// What the system says of them.
#[cfg(target_os = "linux")]
const SAYS: &str = "/sys/kernel/mm/transparent_hugepage/enabled";

/// Asks for huge pages in this memory. A system that has none left gives small ones.
#[cfg(target_os = "linux")]
pub(crate) fn asked_for(memory: &MmapMut) {
    // Refused only where `needs` says so, and then small pages serve as well.
    let _ = memory.advise(memmap2::Advice::HugePage);
}

/// Other systems are not asked.
#[cfg(not(target_os = "linux"))]
pub(crate) fn asked_for(_: &MmapMut) {}

/// Whether this system gives huge pages to those who ask.
///
/// # Errors
/// Why not.
#[cfg(target_os = "linux")]
pub fn needs() -> Result<(), String> {
    let says = std::fs::read_to_string(SAYS)
        .map_err(|error| format!("the system has no transparent huge pages: {SAYS}: {error}"))?;
    given(&says)
}

/// Whether this system gives huge pages to those who ask.
///
/// # Errors
/// Always: only Linux is asked.
#[cfg(not(target_os = "linux"))]
pub fn needs() -> Result<(), String> {
    Err("transparent huge pages are Linux's".to_owned())
}

/// What is chosen stands in brackets.
#[cfg(any(target_os = "linux", test))]
fn given(says: &str) -> Result<(), String> {
    if ["[always]", "[madvise]"].into_iter().any(|chosen| says.contains(chosen)) {
        return Ok(());
    }
    Err(format!("transparent huge pages are switched off: {}", says.trim()))
}

#[cfg(test)]
mod tests {
    use super::given;

    /// The system notes in its list of mappings what it was asked for (`hg`).
    #[cfg(target_os = "linux")]
    #[test]
    fn huge_pages_are_asked_for_in_this_memory_and_no_other() {
        let covers = |line: &str, address: usize| {
            let (begin, rest) = line.split_once('-')?;
            let end = rest.split(' ').next()?;
            let number = |text| usize::from_str_radix(text, 16).ok();
            Some((number(begin)?..number(end)?).contains(&address))
        };
        let asks = |memory: &memmap2::MmapMut| {
            let address = memory.as_ptr().addr();
            let maps = std::fs::read_to_string("/proc/self/smaps").unwrap_or_default();
            let holds = |line: &&str| covers(line, address) == Some(true);
            let from = maps.lines().skip_while(|line| !holds(line));
            let flags = from.skip(1).find(|line| line.starts_with("VmFlags:"));
            flags.map(|flags| flags.split(' ').any(|flag| flag == "hg"))
        };
        let [asked, other] = [(); 2].map(|()| memmap2::MmapMut::map_anon(8 << 20).unwrap());
        super::asked_for(&asked);
        if super::needs().is_ok() {
            assert_eq!(asks(&asked), Some(true));
        }
        assert_ne!(asks(&other), Some(true));
    }

    #[test]
    fn what_stands_in_brackets_counts() {
        assert_eq!(given("always [madvise] never\n"), Ok(()));
        assert_eq!(given("[always] madvise never\n"), Ok(()));
        let error = given("always madvise [never]\n").unwrap_err();
        assert_eq!(error, "transparent huge pages are switched off: always madvise [never]");
    }
}
