// Words of one link: its profile drawn, its budget, and the exposure of its antenna.
export const messages = {
  profile: 'Path profile',
  none: 'The site reaches no bin; click a receiver on the map.',
  enlarge: 'Enlarge',
  csv: 'Profile CSV',
  svg: 'Profile SVG',
  fileName: 'path-profile_{{site}}',
  chart: 'Path profile of {{site}}',
  chartHint: 'Arrow keys read sample by sample, Page Up and Page Down jump ten, Home and End go to the ends.',
  axisDistance: 'Distance from the antenna (m)',
  axisHeight: { 'sea-level': 'Above sea level (m)', 'flat-ground': 'Above flat ground (m)' },
  antenna: 'Antenna {{height}}',
  receiver: 'Receiver {{height}}',
  obstacle: { building: 'Building', terrain: 'Hill' },
  obstacleAbove: '{{kind}} {{height}} above the ray',
  obstacleBelow: '{{kind}} {{height}} below the ray',
  legend: {
    ground: 'Ground',
    roof: 'Building',
    ray: 'Straight ray',
    fresnel: 'First Fresnel zone',
    clear60: '60% clearance',
  },
  reading:
    '{{distance}} from the antenna · {{surface}} {{top}} · ray {{ray}} · clearance {{clearance}} · Fresnel radius {{fresnel}}',
  surface: { ground: 'ground', roof: 'roof' },
  readingNone: 'Point at the drawing, or use the arrow keys, to read it sample by sample.',
  summary: {
    ends: '{{distance}} level distance; antenna {{antenna}} and receiver {{receiver}} above ground; earth bulge with {{factor}} of the radius.',
    sight: {
      clear: 'The straight ray is clear',
      blocked: 'The straight ray is blocked',
    },
    map: {
      LOS: 'the map computes line of sight.',
      NLOS: 'the map computes no line of sight.',
      mixed: 'without building data the map mixes both states by chance.',
      profile: 'the model reads the profile itself and knows no states of sight.',
    },
    edge: 'Edge: the receiver stands on the rim of a shadow. The exact ray and the map decide differently; on site both may be found.',
    building:
      'Worst obstacle: a building {{distance}} from the antenna, top at {{top}}, {{relation}}. Single knife edge ν = {{nu}}, J = {{loss}}, for information and not in the budget: the formula without sight holds buildings already, clutter is not counted twice.',
    terrain:
      'Worst obstacle: a hill {{distance}} from the antenna, top at {{top}}, {{relation}}. Single knife edge ν = {{nu}}, J = {{loss}}, for information; what counts is the line "Terrain excess" of the budget.',
    above: '{{height}} above the ray',
    below: '{{height}} below the ray',
    terrainLoss: 'The bare terrain adds {{loss}}; the budget holds it as "Terrain excess".',
    noObstacle: 'No building or hill inside the first Fresnel zone.',
    clearance:
      'Least clearance {{share}} of the Fresnel radius ({{distance}} from the antenna), {{verdict}}.',
    enough: 'at least 60%',
    short: 'less than 60%',
    indoor:
      'The receiver is inside a building: sight is judged at the facade, indoor levels are in the budget.',
  },
  groundChanged: {
    'sea-level':
      'The plan was computed on flat ground and terrain was imported since: this is the terrain of now and differs from the map. Compute the plan again.',
    'flat-ground':
      'The plan was computed over terrain that was deleted since: this is flat ground and differs from the map. Compute the plan again.',
  },
  refused: {
    COVERAGE_RECEIVER_FAR:
      'The receiver is {{distanceM}} m away from the site, beyond the {{mostM}} m that can be computed.',
    COVERAGE_RECEIVER_NEAR: 'The receiver stands right under the antenna: there is no path to draw.',
    other: 'This path cannot be drawn.',
  },
  column: {
    distance: 'distance_m',
    ground: 'ground_m',
    top: 'top_m',
    roof: 'is_roof',
    ray: 'ray_m',
    fresnel: 'first_fresnel_radius_m',
    clearance: 'clearance_m',
    share: 'clearance_per_radius',
  },
  group: {
    sent: 'Sent',
    path: 'On the way',
    heard: 'Heard outdoors',
    noise: 'Noise and uplink',
    indoor: 'Indoors',
  },
  exposure: {
    title: 'EMF screening distances',
    note: 'For screening only; measurement decides.',
    method:
      'Free-space far field in the strongest direction of the traffic beam, distances from the antenna; one sector {{power}}, gain less feeder {{gain}}, {{frequency}}; public limit {{limit}} (GB 8702-2014).',
    duty: { full: 'Full power', tdd: 'Downlink share', average: 'With mean load' },
    dutyColumn: 'Duty factor',
    limit: 'Public limit',
    project: 'Per project ({{share}})',
  },
} as const;
