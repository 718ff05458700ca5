//! Huge pages that need no reservation: the system makes them where it is asked to and can.

use memmap2::MmapMut;

/// Asks for huge pages in this memory. A system that has none left gives small ones.
#[cfg(target_os = "linux")]
pub(crate) fn asked_for(memory: &MmapMut) {
    // Refused only where the rung is not run, and then small pages serve as well.
    let _ = memory.advise(memmap2::Advice::HugePage);
}

/// Other systems are not asked.
#[cfg(not(target_os = "linux"))]
pub(crate) fn asked_for(_: &MmapMut) {}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use harness::huge_pages;

    #[test]
    fn huge_pages_are_asked_for_in_this_memory_and_no_other() {
        let [asked, other] = [(); 2].map(|()| memmap2::MmapMut::map_anon(8 << 20).unwrap());
        super::asked_for(&asked);
        if huge_pages::given().is_ok() {
            assert_eq!(huge_pages::asked_for(asked.as_ptr()), Some(true));
        }
        assert_ne!(huge_pages::asked_for(other.as_ptr()), Some(true));
    }
}
