//! Huge pages that need no reservation: the system makes them where it is asked to and can.

use memmap2::MmapMut;

/// The least that can hold one, where pages have 4 KiB.
#[cfg(target_os = "linux")]
const HUGE: usize = 2 << 20;

/// Asks for huge pages in this memory, if it has room for one. A system that has none left gives
/// small ones.
#[cfg(target_os = "linux")]
pub(crate) fn asked_for(memory: &MmapMut) {
    if memory.len() >= HUGE {
        // Refused only where the rung is not run, and then small pages serve as well.
        let _ = memory.advise(memmap2::Advice::HugePage);
    }
}

/// Other systems are not asked.
#[cfg(not(target_os = "linux"))]
pub(crate) fn asked_for(_: &MmapMut) {}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use harness::huge_pages;

    #[test]
    fn huge_pages_are_asked_for_in_this_memory_if_it_can_hold_one_and_in_no_other() {
        let [asked, other] = [(); 2].map(|()| memmap2::MmapMut::map_anon(8 << 20).unwrap());
        let [just, small] =
            [super::HUGE, super::HUGE - 4096].map(|len| memmap2::MmapMut::map_anon(len).unwrap());
        [&asked, &just, &small].into_iter().for_each(super::asked_for);
        if huge_pages::given().is_ok() {
            assert_eq!(huge_pages::asked_for(asked.as_ptr()), Some(true));
            assert_eq!(huge_pages::asked_for(just.as_ptr()), Some(true));
        }
        assert_ne!(huge_pages::asked_for(other.as_ptr()), Some(true));
        assert_ne!(huge_pages::asked_for(small.as_ptr()), Some(true));
    }
}
