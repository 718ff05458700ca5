//! A binary's functions: where each is, how large, what it is called, and what its calls through
//! the loader's tables lead to.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail};
use object::{
    Object, ObjectSection, ObjectSegment, ObjectSymbol, ObjectSymbolTable, RelocationTarget,
    SymbolKind,
};

/// Whose instructions a binary has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Architecture {
    X86,
    Arm,
}

/// A function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Function {
    /// Where it begins, as the file numbers addresses.
    pub address: u64,
    /// Bytes of its code.
    pub size: u64,
    /// Its mangled name.
    pub name: String,
}

/// What of a binary is looked at.
pub struct Image {
    /// Whose instructions it has.
    pub architecture: Architecture,
    /// The file's address of where it is loaded.
    pub base: u64,
    /// In the order of their addresses.
    functions: Vec<Function>,
    /// Sections with code.
    sections: Vec<(u64, Vec<u8>)>,
    /// Names behind the loader's slots, through which other libraries are called.
    slots: BTreeMap<u64, String>,
}

impl Image {
    /// Reads a binary.
    ///
    /// # Errors
    /// If it is of a format or for a processor that this does not know, or has no symbols.
    pub fn load(path: &Path) -> Result<Self> {
        let data = std::fs::read(path)
            .with_context(|| format!("the binary {} cannot be read", path.display()))?;
        let file = object::File::parse(&*data).context("the binary's format is not known")?;
        let architecture = match file.architecture() {
            object::Architecture::X86_64 => Architecture::X86,
            object::Architecture::Aarch64 => Architecture::Arm,
            other => bail!("no decoder for {other:?}; there is one for x86-64 and for AArch64"),
        };
        let sections: Vec<(u64, Vec<u8>)> = file
            .sections()
            .filter(|section| section.kind() == object::SectionKind::Text)
            .filter_map(|section| Some((section.address(), section.data().ok()?.to_vec())))
            .collect();
        let functions = functions(&file, &sections);
        if functions.is_empty() {
            bail!(
                "the binary has no symbols: it was stripped, or this system keeps them in another file"
            );
        }
        let slots = slots(&file, &functions);
        Ok(Self { architecture, base: base(&file), functions, sections, slots })
    }

    /// The function that an address lies in.
    pub fn function_at(&self, address: u64) -> Option<&Function> {
        let behind = self.functions.partition_point(|function| function.address <= address);
        let function = self.functions.get(behind.checked_sub(1)?)?;
        (address < function.address + function.size).then_some(function)
    }

    /// The function of a symbol; of several the first.
    pub fn named(&self, symbol: &str) -> Option<&Function> {
        self.functions.iter().find(|function| function.name == symbol)
    }

    /// Its code; empty if the file does not have it.
    pub fn code(&self, function: &Function) -> &[u8] {
        let code = self.sections.iter().find_map(|(start, data)| {
            let from = function.address.checked_sub(*start)? as usize;
            data.get(from..from + function.size as usize)
        });
        code.unwrap_or_default()
    }

    /// What a slot of the loader's leads to.
    pub fn slot(&self, address: u64) -> Option<&str> {
        self.slots.get(&address).map(String::as_str)
    }

    /// Functions in whose name one of these modules appears: `case::naive`.
    pub fn of_modules(&self, modules: &[String]) -> Vec<&Function> {
        let prefixes: Vec<String> = modules.iter().map(|module| format!("{module}::")).collect();
        let named = |function: &&Function| {
            let name = function.demangled();
            prefixes.iter().any(|prefix| {
                // `case::naive::` is not in `showcase::naive::`.
                name.match_indices(prefix.as_str()).any(|(at, _)| {
                    !name[..at].ends_with(|c: char| c.is_alphanumeric() || "_:".contains(c))
                })
            })
        };
        self.functions.iter().filter(named).collect()
    }
}

impl Function {
    /// Its name as a reader knows it, without hash.
    pub fn demangled(&self) -> String {
        demangle(&self.name)
    }
}

fn demangle(name: &str) -> String {
    format!("{:#}", rustc_demangle::demangle(name))
}

/// Functions by address, one at each. Where the format has no sizes a function ends at the next.
fn functions(file: &object::File, sections: &[(u64, Vec<u8>)]) -> Vec<Function> {
    let mut functions: Vec<Function> = file
        .symbols()
        .filter(|symbol| symbol.kind() == SymbolKind::Text && symbol.is_definition())
        .filter_map(|symbol| {
            let name = symbol.name().ok()?.to_owned();
            Some(Function { address: symbol.address(), size: symbol.size(), name })
        })
        .collect();
    functions.sort_by(|a, b| {
        a.address.cmp(&b.address).then(b.size.cmp(&a.size)).then_with(|| a.name.cmp(&b.name))
    });
    functions.dedup_by_key(|function| function.address);
    let starts: Vec<u64> = functions.iter().map(|function| function.address).collect();
    for (at, function) in functions.iter_mut().enumerate() {
        if function.size == 0 {
            let own = sections.iter().find(|(start, data)| {
                (*start..start + data.len() as u64).contains(&function.address)
            });
            let end = own.map_or(function.address, |(start, data)| start + data.len() as u64);
            let next = starts.get(at + 1).copied().unwrap_or(end);
            function.size = next.min(end).saturating_sub(function.address);
        }
    }
    functions
}

/// Names behind the loader's slots.
fn slots(file: &object::File, functions: &[Function]) -> BTreeMap<u64, String> {
    let table = file.dynamic_symbol_table();
    let name = |relocation: &object::Relocation| match relocation.target() {
        RelocationTarget::Symbol(index) => {
            Some(table.as_ref()?.symbol_by_index(index).ok()?.name().ok()?.to_owned())
        }
        RelocationTarget::Absolute => {
            let to = relocation.addend().cast_unsigned();
            let at = functions.binary_search_by_key(&to, |function| function.address).ok()?;
            Some(functions[at].name.clone())
        }
        _ => None,
    };
    let relocations = file.dynamic_relocations().into_iter().flatten();
    relocations.filter_map(|(address, entry)| Some((address, demangle(&name(&entry)?)))).collect()
}

/// Zero in a file that can be loaded anywhere, except where the format begins elsewhere.
fn base(file: &object::File) -> u64 {
    match file.format() {
        object::BinaryFormat::Elf => {
            file.segments().map(|segment| segment.address()).min().unwrap_or(0)
        }
        _ => file.relative_address_base(),
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// An x86-64 image of these functions.
    pub fn image(functions: &[(&str, u64, &[u8])]) -> Image {
        let known = functions.iter().map(|(name, address, code)| Function {
            address: *address,
            size: code.len() as u64,
            name: (*name).to_owned(),
        });
        Image {
            architecture: Architecture::X86,
            base: 0,
            functions: known.collect(),
            sections: functions.iter().map(|(_, at, code)| (*at, code.to_vec())).collect(),
            slots: BTreeMap::from([(0x9000, "memcpy".to_owned())]),
        }
    }

    #[test]
    fn addresses_belong_to_functions() {
        let image = image(&[("a", 0x10, &[0x90, 0xc3]), ("b", 0x20, &[0xc3])]);
        let name = |address| image.function_at(address).map(|function| function.name.as_str());
        assert_eq!(
            [name(0x0f), name(0x11), name(0x12), name(0x20)],
            [None, Some("a"), None, Some("b")]
        );
        assert_eq!(image.code(image.function_at(0x11).unwrap()), [0x90, 0xc3]);
    }

    #[test]
    fn modules_are_found_whole() {
        let image = image(&[
            ("_ZN4case5naive3run17h0123456789abcdefE", 0x10, &[0xc3]),
            ("_ZN8showcase5naive3run17h0123456789abcdefE", 0x20, &[0xc3]),
            ("_ZN4case6naiver3run17h0123456789abcdefE", 0x30, &[0xc3]),
            (
                "_ZN50_$LT$case..naive..Row$u20$as$u20$core..Default$GT$7default17h0123456789abcdefE",
                0x40,
                &[0xc3],
            ),
        ]);
        let found: Vec<u64> =
            image.of_modules(&["case::naive".to_owned()]).iter().map(|f| f.address).collect();
        assert_eq!(found, [0x10, 0x40]);
    }

    #[test]
    fn this_very_program_can_be_read() {
        let Ok(image) = Image::load(&std::env::current_exe().unwrap()) else {
            return; // its symbols are elsewhere, as on Windows
        };
        let own = image.functions.iter().find(|function| {
            function.demangled().contains("this_very_program_can_be_read") && function.size > 0
        });
        assert!(!image.code(own.unwrap()).is_empty());
    }
}
