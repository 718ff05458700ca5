//! What the debug information of a binary says of functions: where their arguments are when they
//! begin, and what these and the answer look like.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use gimli::{
    AttributeValue, BaseAddresses, CfaRule, EhFrame, Encoding, EndianSlice, LittleEndian,
    UnwindContext, UnwindSection, constants as dw,
};
use object::{
    Architecture, BinaryFormat, CompressionFormat, Object, ObjectSection, ObjectSegment,
    ObjectSymbol, SymbolKind,
};

use super::shape::{Arm, Id, Shape, Shapes};

type Bytes<'a> = EndianSlice<'a, LittleEndian>;
type Die<'a> = gimli::DebuggingInformationEntry<Bytes<'a>>;

/// A function as it can be watched.
#[derive(Debug)]
pub struct Function {
    /// Where its arguments are looked at, as the file numbers addresses: where it begins, or where
    /// they have been put on the stack.
    pub at: u64,
    /// Register and distance by which its caller's stack is found there.
    pub frame: (u16, i64),
    /// What says from where on its own stack is counted.
    pub base: Vec<u8>,
    /// How expressions are written down.
    pub encoding: Encoding,
    /// Its arguments: what they look like, and the expression that says where they are.
    pub arguments: Vec<(Id, Option<Vec<u8>>)>,
    /// What its answer looks like, if it has one.
    pub answer: Option<Id>,
}

/// A binary's debug information.
struct Debug<'a> {
    dwarf: gimli::Dwarf<Bytes<'a>>,
    units: Vec<gimli::Unit<Bytes<'a>>>,
    known: HashMap<(usize, usize), Id>,
    shapes: Shapes,
}

/// The functions by these names, as far as the debug information has them.
///
/// # Errors
/// If the binary cannot be read, or says nothing of arguments, with the way out.
pub fn functions(path: &Path, names: &[String]) -> Result<(Vec<(String, Function)>, Shapes)> {
    let data = read(path)?;
    let file = parse(&data)?;
    let named: BTreeMap<u64, String> = file
        .symbols()
        .filter(|symbol| symbol.kind() == SymbolKind::Text && symbol.is_definition())
        .filter_map(|symbol| {
            let name = format!("{:#}", rustc_demangle::demangle(symbol.name().ok()?));
            names.contains(&name).then_some((symbol.address(), name))
        })
        .collect();
    if named.is_empty() {
        bail!(
            "none of the functions in which most was seen is in it: they were inlined, or it has \
               no symbols; a debug build has both"
        );
    }
    let section = |name: &str| -> Result<&[u8]> {
        let Some(section) = file.section_by_name(name) else { return Ok(&[]) };
        let packed = section.compressed_file_range()?.format != CompressionFormat::None;
        ensure!(!packed, "its debug information is packed: build it without `-gz`");
        section.data().context("its debug information cannot be read")
    };
    let load = |id: gimli::SectionId| {
        Ok::<_, anyhow::Error>(Bytes::new(section(id.name())?, LittleEndian))
    };
    let dwarf = gimli::Dwarf::load(load)?;
    let frames = EhFrame::new(section(".eh_frame")?, LittleEndian);
    let address = |name| file.section_by_name(name).map_or(0, |section| section.address());
    let bases = BaseAddresses::default()
        .set_eh_frame(address(".eh_frame"))
        .set_text(address(".text"))
        .set_got(address(".got"));
    let mut units = Vec::new();
    let mut headers = dwarf.units();
    while let Some(header) = headers.next()? {
        units.push(dwarf.unit(header)?);
    }
    let mut debug = Debug { dwarf, units, known: HashMap::new(), shapes: Shapes::default() };
    let mut functions = Vec::new();
    for unit in 0..debug.units.len() {
        for (entry, die) in debug.beginning_at(unit, &named)? {
            let name = named.get(&entry).cloned().unwrap_or_default();
            if let Some(found) = debug.function(unit, entry, &die, &frames, &bases)? {
                functions.push((name, found));
            }
        }
    }
    if functions.is_empty() {
        bail!("it has no debug information of its functions: a debug build has");
    }
    Ok((functions, debug.shapes))
}

/// The file's address of where it is loaded, from the beginning of its page on.
///
/// # Errors
/// If the binary cannot be read.
pub fn lowest(path: &Path) -> Result<u64> {
    let data = read(path)?;
    let first = parse(&data)?.segments().map(|segment| segment.address()).min();
    Ok(first.unwrap_or(0) & !0xfff)
}

fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

fn parse(data: &[u8]) -> Result<object::File<'_>> {
    let file = object::File::parse(data).context("its format is not known")?;
    ensure!(file.format() == BinaryFormat::Elf, "it is no program of this system");
    ensure!(file.architecture() == Architecture::X86_64, "it is for another processor");
    Ok(file)
}

impl<'a> Debug<'a> {
    /// The functions of a unit that begin at one of these addresses.
    fn beginning_at(
        &self,
        unit: usize,
        entries: &BTreeMap<u64, String>,
    ) -> Result<Vec<(u64, Die<'a>)>> {
        let unit = &self.units[unit];
        let mut found = Vec::new();
        let mut dies = unit.entries();
        while let Some(die) = dies.next_dfs()? {
            if die.tag() == dw::DW_TAG_subprogram
                && let Some(low) = die.attr_value(dw::DW_AT_low_pc)
                && let Some(low) = self.dwarf.attr_address(unit, low)?
                && entries.contains_key(&low)
            {
                found.push((low, die.clone()));
            }
        }
        Ok(found)
    }

    fn children(&self, unit: usize, die: &Die<'a>) -> Result<Vec<Die<'a>>> {
        let mut tree = self.units[unit].entries_tree(Some(die.offset()))?;
        let mut nodes = tree.root()?.children();
        let mut children = Vec::new();
        while let Some(node) = nodes.next()? {
            children.push(node.entry().clone());
        }
        Ok(children)
    }

    /// What an attribute refers to.
    fn referred(&self, unit: usize, die: &Die<'a>, name: gimli::DwAt) -> Option<(usize, Die<'a>)> {
        match die.attr_value(name)? {
            AttributeValue::UnitRef(offset) => Some((unit, self.units[unit].entry(offset).ok()?)),
            AttributeValue::DebugInfoRef(offset) => {
                let held = |(at, unit): (usize, &gimli::Unit<Bytes<'a>>)| {
                    Some((at, offset.to_unit_offset(&unit.header)?))
                };
                let (at, offset) = self.units.iter().enumerate().find_map(held)?;
                Some((at, self.units[at].entry(offset).ok()?))
            }
            _ => None,
        }
    }

    fn name(&self, unit: usize, die: &Die<'a>) -> String {
        let text = die
            .attr_value(dw::DW_AT_name)
            .and_then(|name| self.dwarf.attr_string(&self.units[unit], name).ok());
        text.map_or_else(String::new, |text| text.to_string_lossy().into_owned())
    }

    /// A function's frame, arguments and answer; none where its frame is an unusual one.
    fn function(
        &mut self,
        unit: usize,
        entry: u64,
        die: &Die<'a>,
        frames: &EhFrame<Bytes<'a>>,
        bases: &BaseAddresses,
    ) -> Result<Option<Function>> {
        let is_argument = |child: &Die| child.tag() == dw::DW_TAG_formal_parameter;
        let mut here = self.children(unit, die)?;
        here.retain(is_argument);
        let on_stack = here.iter().any(|child| {
            matches!(child.attr_value(dw::DW_AT_location), Some(AttributeValue::Exprloc(_)))
        });
        let end = match die.attr_value(dw::DW_AT_high_pc) {
            Some(AttributeValue::Addr(end)) => end,
            Some(size) => entry.saturating_add(size.udata_value().unwrap_or(0)),
            None => entry,
        };
        let at = if on_stack { self.prologue_end(unit, entry, end)? } else { entry };
        let mut arguments = Vec::new();
        for (of, argument, own) in self.arguments(unit, die, &here)? {
            let place = own.map(|own| self.place(unit, own, at)).transpose()?.flatten();
            arguments.push((self.shape_of(of, &argument)?, place));
        }
        let described = self.described(unit, die);
        let answer = match described.iter().find(|(_, die)| die.has_attr(dw::DW_AT_type)) {
            Some((unit, die)) => Some(self.shape_of(*unit, die)?),
            None => None,
        };
        let base = match die.attr_value(dw::DW_AT_frame_base) {
            Some(AttributeValue::Exprloc(base)) => base.0.slice().to_vec(),
            _ => Vec::new(),
        };
        let mut context = UnwindContext::new();
        let row = frames.unwind_info_for_address(bases, &mut context, at, EhFrame::cie_from_offset);
        let frame = match row.map(|row| row.cfa().clone()) {
            Ok(CfaRule::RegisterAndOffset { register, offset }) => (register.0, offset),
            _ => return Ok(None),
        };
        let encoding = self.units[unit].encoding();
        Ok(Some(Function { at, frame, base, encoding, arguments, answer }))
    }

    /// An entry with those in which the rest of it is described: what was inlined elsewhere as well
    /// is described once, and methods where their type is.
    fn described(&self, unit: usize, die: &Die<'a>) -> Vec<(usize, Die<'a>)> {
        let mut all = vec![(unit, die.clone())];
        // There are two such steps at most.
        while let Some((unit, die)) = all.last().filter(|_| all.len() < 4) {
            let next = self
                .referred(*unit, die, dw::DW_AT_abstract_origin)
                .or_else(|| self.referred(*unit, die, dw::DW_AT_specification));
            let Some(next) = next else { break };
            all.push(next);
        }
        all
    }

    /// A function's arguments with the unit that has their types, and the entries among `here` that
    /// say where they are.
    fn arguments<'h>(
        &self,
        unit: usize,
        die: &Die<'a>,
        here: &'h [Die<'a>],
    ) -> Result<Vec<(usize, Die<'a>, Option<&'h Die<'a>>)>> {
        let mut all: Vec<_> = here.iter().map(|own| (unit, own.clone(), Some(own))).collect();
        for (of, described) in self.described(unit, die).into_iter().skip(1) {
            let mut there = self.children(of, &described)?;
            there.retain(|child| child.tag() == dw::DW_TAG_formal_parameter);
            // By name where it was inlined elsewhere, in their order where a method is declared;
            // one that is missing is not known to be the last, and then none is known.
            let is_declared = described.has_attr(dw::DW_AT_declaration);
            if is_declared && there.len() == all.len() {
                continue;
            }
            let own = |argument: &Die<'a>| {
                here.iter().find(|own| {
                    !is_declared
                        && self
                            .referred(unit, own, dw::DW_AT_abstract_origin)
                            .is_some_and(|(_, origin)| origin.offset() == argument.offset())
                })
            };
            if !there.is_empty() {
                all = there.iter().map(|there| (of, there.clone(), own(there))).collect();
            }
        }
        Ok(all)
    }

    /// Where a function's arguments have been put on its stack: where the debug information says
    /// so, else where its second line begins. Not beyond its end: another function begins there.
    fn prologue_end(&self, unit: usize, entry: u64, end: u64) -> Result<u64> {
        let Some(program) = self.units[unit].line_program.clone() else { return Ok(entry) };
        let mut rows = program.rows();
        let mut second = None;
        while let Some((_, row)) = rows.next_row()? {
            if row.end_sequence() || !(entry..end).contains(&row.address()) {
                continue;
            }
            if row.prologue_end() {
                return Ok(row.address());
            }
            if row.address() > entry {
                second = second.or(Some(row.address()));
            }
        }
        Ok(second.unwrap_or(entry))
    }

    /// The expression that says where something is when an instruction is reached.
    fn place(&self, unit: usize, die: &Die<'a>, at: u64) -> Result<Option<Vec<u8>>> {
        let unit = &self.units[unit];
        let Some(value) = die.attr_value(dw::DW_AT_location) else { return Ok(None) };
        if let AttributeValue::Exprloc(place) = value {
            return Ok(Some(place.0.slice().to_vec()));
        }
        let Some(mut places) = self.dwarf.attr_locations(unit, value)? else { return Ok(None) };
        while let Some(place) = places.next()? {
            if (place.range.begin..place.range.end).contains(&at) {
                return Ok(Some(place.data.0.slice().to_vec()));
            }
        }
        Ok(None)
    }

    /// The shape of what has a type; nothing where it has none.
    fn shape_of(&mut self, unit: usize, die: &Die<'a>) -> Result<Id> {
        match self.referred(unit, die, dw::DW_AT_type) {
            Some((unit, of)) => self.shape(unit, &of),
            None => Ok(self.shapes.add(Shape::Plain { size: 0, float: false })),
        }
    }

    fn shape(&mut self, unit: usize, die: &Die<'a>) -> Result<Id> {
        let key = (unit, die.offset().0);
        if let Some(known) = self.known.get(&key) {
            return Ok(*known);
        }
        let id = self.shapes.place();
        self.known.insert(key, id);
        let shape = self.read(unit, die)?;
        self.shapes.fill(id, shape);
        Ok(id)
    }

    fn read(&mut self, unit: usize, die: &Die<'a>) -> Result<Shape> {
        let number = |name| die.attr_value(name).and_then(|value| value.udata_value());
        let size = number(dw::DW_AT_byte_size).unwrap_or(0);
        Ok(match die.tag() {
            dw::DW_TAG_base_type => {
                let float = matches!(
                    die.attr_value(dw::DW_AT_encoding),
                    Some(AttributeValue::Encoding(dw::DW_ATE_float))
                );
                Shape::Plain { size, float }
            }
            dw::DW_TAG_enumeration_type => Shape::Plain { size, float: false },
            dw::DW_TAG_pointer_type => self.pointer(unit, die)?,
            dw::DW_TAG_structure_type => self.structure(unit, die, size)?,
            dw::DW_TAG_array_type => {
                let range = self.children(unit, die)?.into_iter().next();
                let number = |name| range.as_ref()?.attr_value(name)?.udata_value();
                let last = number(dw::DW_AT_upper_bound).map(|last| last.saturating_add(1));
                let count = number(dw::DW_AT_count).or(last).unwrap_or(0);
                Shape::Array { of: self.shape_of(unit, die)?, count }
            }
            dw::DW_TAG_typedef | dw::DW_TAG_const_type | dw::DW_TAG_volatile_type => {
                let of = self.shape_of(unit, die)?;
                Shape::Fields { size: self.shapes.size(of), fields: vec![(0, of)] }
            }
            _ => Shape::No { size, why: "a part of it may hold anything" },
        })
    }

    /// Of pointers only those that lead to one value, for as long as nobody changes it.
    fn pointer(&mut self, unit: usize, die: &Die<'a>) -> Result<Shape> {
        let name = self.name(unit, die);
        let Some((of, to)) = self.referred(unit, die, dw::DW_AT_type) else {
            return Ok(Shape::No { size: 8, why: RAW });
        };
        if to.tag() == dw::DW_TAG_subroutine_type {
            return Ok(Shape::Plain { size: 8, float: false });
        }
        if let Some(why) = refused(&name) {
            return Ok(Shape::No { size: 8, why });
        }
        // Environments of closures are passed by a pointer without a name.
        let is_reference = name.starts_with('&') || name.contains("Box<") || name.is_empty();
        if !is_reference {
            return Ok(Shape::No { size: 8, why: RAW });
        }
        Ok(Shape::Reference { to: self.shape(of, &to)? })
    }

    fn structure(&mut self, unit: usize, die: &Die<'a>, size: u64) -> Result<Shape> {
        let name = self.name(unit, die);
        if let Some(why) = refused(&name) {
            return Ok(Shape::No { size, why });
        }
        let children = self.children(unit, die)?;
        if let Some(part) = children.iter().find(|child| child.tag() == dw::DW_TAG_variant_part) {
            return self.choice(unit, part, size);
        }
        let pointer = self.distance(unit, die, &["data_ptr"])?;
        let length = self.distance(unit, die, &["length"])?;
        if let (Some((pointer, unit, member)), Some((length, ..))) = (pointer, length) {
            let Some((unit, to)) = self.referred(unit, &member, dw::DW_AT_type) else {
                return Ok(Shape::No { size, why: RAW });
            };
            let of = self.shape_of(unit, &to)?;
            return Ok(Shape::Slice { size, pointer, length, of });
        }
        if name.starts_with("Vec<") {
            let buffer = ["buf", "inner", "ptr", "pointer", "pointer"];
            let pointer = self.distance(unit, die, &buffer)?;
            let length = self.distance(unit, die, &["len"])?;
            return self.several(unit, die, size, pointer, length, |pointer, length, of| {
                Shape::Slice { size, pointer, length, of }
            });
        }
        if name.starts_with("RawTable<") {
            let control = self.distance(unit, die, &["table", "ctrl", "pointer"])?;
            let mask = self.distance(unit, die, &["table", "bucket_mask"])?;
            return self.several(unit, die, size, control, mask, |control, mask, of| {
                Shape::Table { size, control, mask, of }
            });
        }
        if name.starts_with("Rc<") || name.starts_with("Arc<") {
            return self.shared(unit, die, size);
        }
        let mut fields = Vec::new();
        for member in children.iter().filter(|child| child.tag() == dw::DW_TAG_member) {
            fields.push((distance(member), self.shape_of(unit, member)?));
        }
        fields
            .retain(|(_, field)| !matches!(self.shapes.get(*field), Shape::Plain { size: 0, .. }));
        Ok(Shape::Fields { size, fields })
    }

    /// What has many of its type's first parameter.
    fn several(
        &mut self,
        unit: usize,
        die: &Die<'a>,
        size: u64,
        pointer: Option<(u64, usize, Die<'a>)>,
        length: Option<(u64, usize, Die<'a>)>,
        shape: impl FnOnce(u64, u64, Id) -> Shape,
    ) -> Result<Shape> {
        let children = self.children(unit, die)?;
        let of = children.iter().find(|child| child.tag() == dw::DW_TAG_template_type_parameter);
        let (Some((pointer, ..)), Some((length, ..)), Some(of)) = (pointer, length, of) else {
            return Ok(Shape::No { size, why: "it is of a library that is not known" });
        };
        let of = self.shape_of(unit, of)?;
        Ok(shape(pointer, length, of))
    }

    /// Of what is counted, not how often it is shared.
    fn shared(&mut self, unit: usize, die: &Die<'a>, size: u64) -> Result<Shape> {
        let no = Shape::No { size, why: "it is of a library that is not known" };
        let Some((0, unit, pointer)) = self.distance(unit, die, &["ptr", "pointer"])? else {
            return Ok(no);
        };
        let Some((unit, pointer)) = self.referred(unit, &pointer, dw::DW_AT_type) else {
            return Ok(no);
        };
        let Some((unit, inner)) = self.referred(unit, &pointer, dw::DW_AT_type) else {
            return Ok(no);
        };
        let value = ["value", "data"]
            .into_iter()
            .find_map(|name| self.distance(unit, &inner, &[name]).ok().flatten());
        let Some((distance, unit, member)) = value else { return Ok(no) };
        let value = self.shape_of(unit, &member)?;
        let size = self.shapes.size(value).saturating_add(distance);
        let to = self.shapes.add(Shape::Fields { size, fields: vec![(distance, value)] });
        Ok(Shape::Reference { to })
    }

    /// Where a member of a member is, and its own entry.
    fn distance(
        &self,
        unit: usize,
        die: &Die<'a>,
        path: &[&str],
    ) -> Result<Option<(u64, usize, Die<'a>)>> {
        let (mut unit, mut die, mut sum) = (unit, die.clone(), 0_u64);
        for (at, name) in path.iter().enumerate() {
            let is_it = |child: &Die<'a>| {
                child.tag() == dw::DW_TAG_member && self.name(unit, child) == *name
            };
            let Some(member) = self.children(unit, &die)?.into_iter().find(is_it) else {
                return Ok(None);
            };
            sum = distance(&member).wrapping_add(sum);
            if at + 1 == path.len() {
                return Ok(Some((sum, unit, member)));
            }
            let Some(next) = self.referred(unit, &member, dw::DW_AT_type) else { return Ok(None) };
            (unit, die) = next;
        }
        Ok(None)
    }

    fn choice(&mut self, unit: usize, part: &Die<'a>, size: u64) -> Result<Shape> {
        let mut chosen_by = None;
        if let Some((of, member)) = self.referred(unit, part, dw::DW_AT_discr) {
            let shape = self.shape_of(of, &member)?;
            chosen_by = Some((distance(&member), self.shapes.size(shape).min(8)));
        }
        let mut arms = Vec::new();
        for variant in self.children(unit, part)? {
            if variant.tag() != dw::DW_TAG_variant {
                continue;
            }
            let bits = chosen_by.map_or(64, |(_, size)| size * 8);
            let number = |value: AttributeValue<Bytes>| {
                let value =
                    value.udata_value().or_else(|| Some(value.sdata_value()?.cast_unsigned()));
                value.map(|value| if bits < 64 { value & ((1 << bits) - 1) } else { value })
            };
            let single = variant.attr_value(dw::DW_AT_discr_value);
            if single.is_none() && variant.has_attr(dw::DW_AT_discr_list) {
                return Ok(Shape::No { size, why: "one of its types is chosen in an unusual way" });
            }
            let numbers = match single {
                Some(value) => match number(value) {
                    Some(number) => vec![(number, number)],
                    None => return Ok(Shape::No { size, why: "a number in it is too long" }),
                },
                None => Vec::new(),
            };
            let mut fields = Vec::new();
            for member in self.children(unit, &variant)? {
                if member.tag() == dw::DW_TAG_member {
                    fields.push((distance(&member), self.shape_of(unit, &member)?));
                }
            }
            arms.push(Arm { numbers, fields });
        }
        Ok(Shape::Choice { size, chosen_by, arms })
    }
}

/// How far from the beginning of its structure a member is.
fn distance(member: &Die) -> u64 {
    member.attr_value(dw::DW_AT_data_member_location).and_then(|at| at.udata_value()).unwrap_or(0)
}

const RAW: &str = "what a pointer without a length leads to cannot be compared";

/// Why a type by this name says that calls do more than answer, or cannot be compared.
fn refused(name: &str) -> Option<&'static str> {
    let whys: BTreeMap<&str, &str> = BTreeMap::from([
        ("&mut ", "it may write behind a `&mut`"),
        ("UnsafeCell<", "what it is given can change behind a shared reference"),
        ("OwnedFd", "it is given a file or a connection"),
        ("BorrowedFd", "it is given a file or a connection"),
        ("VecDeque<", "a `VecDeque` is not looked into"),
        ("BTreeMap<", "a `BTreeMap` is not looked into"),
    ]);
    if name.starts_with("&dyn ") || name.contains("Box<dyn ") || name.contains("Box<(dyn ") {
        return Some("what is behind a `dyn` cannot be compared");
    }
    whys.into_iter().find(|(begins, _)| name.starts_with(begins)).map(|(_, why)| why)
}
