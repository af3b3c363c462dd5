// The metric zone of a plan as well-known text, as .prj files carry it: names and form of the ESRI dialect, which GIS programs
// of all houses read (OGC 01-009 with ESRI's names). Parameters are those of engine/geo/local-zone.ts.
import { localZone } from '../../engine/index.ts';

const FIRST_UTM_NORTH = 32_600;
const FIRST_UTM_SOUTH = 32_700;

/** Throws RangeError for a code that is no local zone. */
export function zoneWkt(epsg: number): string {
  const { centralMeridianDeg } = localZone(epsg);
  return epsg > FIRST_UTM_NORTH
    ? utmWkt(epsg, centralMeridianDeg)
    : projected({
        name: `CGCS2000_3_Degree_GK_CM_${centralMeridianDeg}E`,
        geographic:
          'GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]]',
        projection: 'Gauss_Kruger',
        falseNorthingM: 0,
        centralMeridianDeg,
        scale: 1,
      });
}

function utmWkt(epsg: number, centralMeridianDeg: number): string {
  const isSouth = epsg > FIRST_UTM_SOUTH;
  return projected({
    name: `WGS_1984_UTM_Zone_${epsg % 100}${isSouth ? 'S' : 'N'}`,
    geographic: 'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]]',
    projection: 'Transverse_Mercator',
    falseNorthingM: isSouth ? 10_000_000 : 0,
    centralMeridianDeg,
    scale: 0.9996,
  });
}

interface ZoneWords {
  readonly name: string;
  /** Left open: prime meridian and unit follow. */
  readonly geographic: string;
  readonly projection: string;
  readonly falseNorthingM: number;
  readonly centralMeridianDeg: number;
  readonly scale: number;
}

function projected(zone: ZoneWords): string {
  const parameters = [
    ['False_Easting', '500000.0'],
    ['False_Northing', zone.falseNorthingM.toFixed(1)],
    ['Central_Meridian', zone.centralMeridianDeg.toFixed(1)],
    ['Scale_Factor', zone.scale === 1 ? '1.0' : String(zone.scale)],
    ['Latitude_Of_Origin', '0.0'],
  ].map(([name, value]) => `PARAMETER["${name}",${value}]`);
  const geographic = `${zone.geographic},PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]`;
  return `PROJCS["${zone.name}",${geographic},PROJECTION["${zone.projection}"],${parameters.join(',')},UNIT["Meter",1.0]]`;
}
