-- Measured antennas (MSI, PLN): both cuts resampled to tenths of a degree, as little-endian 32-bit floats. The id is made
-- from the bytes of the file and the unit its gain was read in: the same file is the same antenna.
create table antennas (
  id text collate "C" primary key check (id <> ''),
  name text not null check (name <> ''),
  maker text not null,
  source_file text not null,
  frequency_mhz double precision,
  gain_dbi double precision not null,
  gain_unit_assumed text not null check (gain_unit_assumed in ('dBd', 'dBi', 'none')),
  electrical_tilt_deg double precision not null,
  horizontal_loss bytea not null check (octet_length(horizontal_loss) = 14400),
  vertical_loss bytea not null check (octet_length(vertical_loss) = 14400),
  warnings json not null default '[]',
  created_at timestamptz not null default now()
);
