use ratatui::layout::Rect;
use ratatui::style::Style;

use super::*;

/// A screen with a bit of everything.
fn screen() -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 20, 5));
    let put = |buffer: &mut Buffer, y, text: &str, style| {
        buffer.set_string(0, y, text, style);
    };
    put(&mut buffer, 0, "╭─ a < b & \"c\" ─╮", Style::new());
    let bold = Style::new().add_modifier(Modifier::BOLD).fg(Color::Cyan);
    put(&mut buffer, 1, "one  two three", bold);
    put(
        &mut buffer,
        2,
        "⣿⡇▁▄█░▒▓▸◆◌",
        Style::new().fg(Color::Rgb(1, 2, 3)),
    );
    let reversed = Style::new().add_modifier(Modifier::REVERSED);
    put(&mut buffer, 3, "日本 é x", reversed);
    let under = Style::new().add_modifier(Modifier::UNDERLINED | Modifier::DIM);
    put(&mut buffer, 4, "under", under);
    buffer
}

fn svg(buffer: &Buffer) -> String {
    let bytes = Picture::of(buffer, "a & b").bytes(Format::Svg).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// Width, height, kind of colours, and the unpacked rows of a PNG whose checksums hold.
fn unpacked(bytes: &[u8]) -> (u32, u32, u8, Vec<u8>) {
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    assert_eq!(bytes[..8], *b"\x89PNG\r\n\x1a\n");
    let (mut at, mut names, mut rows) = (8, Vec::new(), Vec::new());
    let (width, height, kind) = (number(16), number(20), bytes[25]);
    while at < bytes.len() {
        let length = number(at) as usize;
        let (name, body) = (&bytes[at + 4..at + 8], &bytes[at + 8..at + 8 + length]);
        assert_eq!(number(at + 8 + length), deflated::checksum(name, body));
        if name == b"IDAT" {
            let wide = width as usize * if kind == 3 { 1 } else { 3 } + 1;
            rows = vec![0; wide * height as usize];
            let mut unpacker = libdeflater::Decompressor::new();
            assert_eq!(unpacker.zlib_decompress(body, &mut rows), Ok(rows.len()));
        }
        names.push(String::from_utf8(name.to_vec()).unwrap());
        at += length + 12;
    }
    assert_eq!(names.last().unwrap(), "IEND");
    assert!(!names.iter().any(|name| name == "tIME" || name == "tEXt"));
    (width, height, kind, rows)
}

#[test]
fn the_ending_says_what_kind_of_file() {
    assert_eq!(Format::of(Path::new("a/b.svg")), Some(Format::Svg));
    assert_eq!(Format::of(Path::new("b.PNG")), Some(Format::Png));
    for other in ["b.jpg", "svg", "b", ".svg", "-"] {
        assert_eq!(Format::of(Path::new(other)), None, "{other}");
    }
}

#[test]
fn the_same_screen_is_the_same_file() {
    for format in [Format::Svg, Format::Png] {
        let bytes = || Picture::of(&screen(), "t").bytes(format).unwrap();
        assert_eq!(bytes(), bytes());
        let mut other = screen();
        other.set_string(0, 4, "other", Style::new());
        let other = Picture::of(&other, "t").bytes(format).unwrap();
        assert_ne!(other, bytes());
    }
}

#[test]
fn an_svg_holds_its_text_escaped_and_stretched_to_its_cells() {
    let text = svg(&screen());
    assert!(text.contains("<title>a &amp; b</title>"));
    // From the third cell, behind the margin: ten cells of twelve.
    let run = "textLength=\"132\" lengthAdjust=\"spacingAndGlyphs\">a &lt; b &amp; &quot;c&quot;<";
    assert!(
        text.contains("<text x=\"48\" y=\"30\"") && text.contains(run),
        "{text}"
    );
    // Two blanks end a run, one does not.
    assert!(text.contains(">one<") && text.contains(">two three<"));
    assert!(text.contains("font-weight=\"700\""));
    for drawn in ["╭", "─", "⣿", "█", "░", "▸"] {
        assert!(!text.contains(drawn), "{drawn} is written, not drawn");
    }
    assert_eq!(text.matches("<svg").count(), 1);
    assert!(text.ends_with("</svg>\n"));
}

#[test]
fn a_letter_of_two_columns_takes_two() {
    let text = svg(&screen());
    assert!(
        text.contains("textLength=\"96\" lengthAdjust=\"spacingAndGlyphs\">日本 é x<"),
        "{text}"
    );
}

#[test]
fn what_xml_cannot_hold_is_left_out() {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 3, 1));
    buffer[(0, 0)].set_symbol("\u{7}");
    buffer[(1, 0)].set_symbol("x\u{ffff}");
    let text = svg(&buffer);
    assert!(text.contains(">x<"), "{text}");
    assert!(text.chars().all(|c| c == '\n' || !c.is_control()));
}

#[test]
fn a_png_holds_every_pixel_and_lists_its_colours() {
    let picture = Picture::of(&screen(), "t");
    let bytes = picture.bytes(Format::Png).unwrap();
    let (width, height, kind, rows) = unpacked(&bytes);
    assert_eq!((width, height, kind), (20 * 12 + 24, 5 * 24 + 24, 3));
    let canvas = raster::draw(&picture).unwrap();
    let list_at = bytes.windows(4).position(|four| four == b"PLTE").unwrap() + 4;
    for (row, pixels) in rows.chunks(265).zip(canvas.pixels.chunks(264)) {
        assert_eq!(row[0], 0);
        for (number, ink) in row[1..].iter().zip(pixels) {
            let at = list_at + 3 * usize::from(*number);
            assert_eq!(bytes[at..at + 3], ink.0);
        }
    }
}

#[test]
fn more_colours_than_a_list_holds_are_told_as_they_are() {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 20, 20));
    for (at, cell) in buffer.content.iter_mut().enumerate() {
        let [high, low] = u16::try_from(at).unwrap().to_be_bytes();
        cell.set_bg(Color::Rgb(high, low, 7));
    }
    let picture = Picture::of(&buffer, "t");
    let (width, _, kind, rows) = unpacked(&picture.bytes(Format::Png).unwrap());
    assert_eq!(kind, 2);
    let canvas = raster::draw(&picture).unwrap();
    let wide = width as usize * 3 + 1;
    for (row, pixels) in rows.chunks(wide).zip(canvas.pixels.chunks(width as usize)) {
        assert_eq!(row[0], 1);
        let mut left = [0_u8; 3];
        for (three, ink) in row[1..].chunks(3).zip(pixels) {
            left = [0, 1, 2].map(|at: usize| left[at].wrapping_add(three[at]));
            assert_eq!(left, ink.0);
        }
    }
}

#[test]
fn full_blocks_leave_no_seam_and_a_missing_letter_is_a_box() {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 4, 1));
    buffer.set_string(0, 0, "██", Style::new().fg(Color::Rgb(9, 9, 9)));
    let canvas = raster::draw(&Picture::of(&buffer, "t")).unwrap();
    let middle = &canvas.pixels[canvas.width * 20..canvas.width * 21];
    assert!(middle[12..36].iter().all(|ink| ink.0 == [9, 9, 9]));
    buffer.set_string(0, 0, "日", Style::new().fg(Color::Rgb(9, 9, 9)));
    buffer.set_string(2, 0, "  ", Style::new());
    let canvas = raster::draw(&Picture::of(&buffer, "t")).unwrap();
    let middle = &canvas.pixels[canvas.width * 24..canvas.width * 25];
    let inked: Vec<usize> = (0..middle.len())
        .filter(|x| middle[*x].0 == [9, 9, 9])
        .collect();
    assert_eq!(inked, [13, 34], "the two sides of a box of two columns");
}

#[test]
fn what_is_dim_stands_back_and_what_is_reversed_changes_places() {
    let picture = Picture::of(&screen(), "t");
    let at = |x: usize, y: usize| &picture.cells[y * picture.columns + x];
    let plain = at(4, 0);
    assert_eq!((at(0, 3).ink, at(0, 3).ground), (plain.ground, plain.ink));
    assert!(at(0, 4).ink < plain.ink && at(0, 4).ink > plain.ground);
    let mut chosen = screen();
    let both = Style::new().add_modifier(Modifier::REVERSED | Modifier::BOLD);
    chosen.set_string(0, 0, "x", both);
    let chosen = &Picture::of(&chosen, "t").cells[0];
    assert_eq!((chosen.ink, chosen.ground), (plain.ground, plain.ink));
}
