//! Which core this is. What it *can* do, its features say; how fast it does it, they do not, and
//! two cores that run the same instructions may ask for different ones.

use std::sync::OnceLock;

/// AMD's number of Zen 5, of which Zen 3 and Zen 4 have the one before.
const ZEN_5: u32 = 0x1a;

/// Whether a stream from the last cache or from memory is faster if it is asked for two pages
/// ahead. On Zen 5 it is. Zen 4 pays more for asking than it waits without, at any distance. Of
/// other cores nothing was measured, and nothing is asked of them.
pub fn gains_by_asking_ahead() -> bool {
    amd_family().is_some_and(|family| family >= ZEN_5)
}

/// Whether a register of 512 bits goes through units as wide, so that it does twice as much in a
/// cycle as one of 256. Zen 4 has the instructions and feeds them in two halves; of AMD's cores
/// those of Zen 5 are the first with such units, and Intel's have had them wherever AVX-512 is.
pub fn has_units_of_512_bits() -> bool {
    static UNITS: OnceLock<bool> = OnceLock::new();
    *UNITS.get_or_init(|| has_registers_of_512_bits() && amd_family().is_none_or(|it| it >= ZEN_5))
}

#[cfg(target_arch = "x86_64")]
fn has_registers_of_512_bits() -> bool {
    is_x86_feature_detected!("avx512f")
}

#[cfg(not(target_arch = "x86_64"))]
fn has_registers_of_512_bits() -> bool {
    false
}

/// The family of a core that AMD made. It is asked once: in a virtual machine the host answers,
/// which takes longer than many a call that wants to know.
fn amd_family() -> Option<u32> {
    static FAMILY: OnceLock<Option<u32>> = OnceLock::new();
    *FAMILY.get_or_init(asked)
}

#[cfg(target_arch = "x86_64")]
fn asked() -> Option<u32> {
    use std::arch::x86_64::__cpuid;
    let maker = __cpuid(0);
    let name = [maker.ebx, maker.edx, maker.ecx].map(u32::to_le_bytes);
    (name.as_flattened() == b"AuthenticAMD").then(|| family(__cpuid(1).eax))
}

#[cfg(not(target_arch = "x86_64"))]
fn asked() -> Option<u32> {
    None
}

/// The family in a processor's signature, whose second part counts where the first is full.
#[cfg(any(target_arch = "x86_64", test))]
fn family(signature: u32) -> u32 {
    match signature >> 8 & 0xf {
        0xf => 0xf + (signature >> 20 & 0xff),
        family => family,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_has_two_parts() {
        assert_eq!(family(0x00a1_0f11), 0x19, "Zen 4");
        assert_eq!(family(0x00b0_0f21), 0x1a, "Zen 5");
        assert_eq!(family(0x0008_06f8), 6, "Sapphire Rapids");
    }

    /// Of Zen 4 it is known that it has the registers and not the units.
    #[test]
    fn wide_units_take_wide_registers_and_more() {
        assert!(has_registers_of_512_bits() || !has_units_of_512_bits());
        if amd_family() == Some(0x19) {
            assert!(!has_units_of_512_bits());
        }
    }

    /// Linux asks the processor too.
    #[test]
    #[cfg(all(target_os = "linux", target_arch = "x86_64"))]
    fn the_system_knows_the_same() {
        let says = std::fs::read_to_string("/proc/cpuinfo").unwrap();
        let field = |name: &str| {
            let line = says.lines().find(|line| line.starts_with(name)).unwrap();
            line.rsplit(": ").next().unwrap().to_owned()
        };
        let family = (field("vendor_id") == "AuthenticAMD").then(|| field("cpu family"));
        assert_eq!(amd_family().map(|family| family.to_string()), family);
    }
}
